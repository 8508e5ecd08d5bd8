# A root of the distribution with Go. There is no C compiler, so Go links its programs by itself.

# Half of Go's packages: its tests, and libraries that only Go's own commands are made of.
excluded+=(
  'usr/lib/go-*/pkg/linux_*/cmd' 'usr/share/go-*/src/cmd' 'usr/share/go-*/test'
  'usr/share/go-*/src/*/testdata' 'usr/share/go-*/src/*_test.go'
)

golang_root() {
  distribution_root "$1" "$2" '?essential' usr-is-merged golang-go
}

golang_config() {
  cat << JSON
{"Env": ["PATH=/go/bin:$STANDARD_PATH", "GOPATH=/go", "CGO_ENABLED=0"], "Cmd": ["bash"], "WorkingDir": "/go"}
JSON
}
