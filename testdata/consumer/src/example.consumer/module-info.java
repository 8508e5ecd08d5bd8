module example.consumer {
    requires dev.slipway;
}
