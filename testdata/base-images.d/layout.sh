# Writes OCI image layouts.

# Every file gets this time, so that the day on which an image is made does not show in it.
readonly EPOCH=1700000000 CREATED=2023-11-14T22:13:20Z
readonly MEDIA_TYPE=application/vnd.oci.image STANDARD_PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# Puts a file, or what is read, among the blobs of $layout and prints its members of a descriptor.
blob() {
  local file=${1:-$work/blob} digest
  [ $# -gt 0 ] || cat > "$file"
  digest=$(sha256sum < "$file" | cut -d' ' -f1)
  printf '"digest": "sha256:%s", "size": %s' "$digest" "$(stat -c %s "$file")"
  mv "$file" "$layout/blobs/sha256/$digest"
}

# Makes the image of one platform from a root folder and prints its descriptor.
image() {
  local platform=$1 root=$2 config=$3 os arch variant members owners=() diff_id layer config_blob manifest
  IFS=/ read -r os arch variant <<< "$platform"
  members="\"os\": \"$os\", \"architecture\": \"$arch\"${variant:+, \"variant\": \"$variant\"}"
  # Unpacked by root, files have the owners that their packages say.
  [ "$(id -u)" = 0 ] || owners=(--owner=0 --group=0)
  tar -C "$root" -cf "$work/layer" --sort=name --numeric-owner "${owners[@]}" --mtime="@$EPOCH" .
  diff_id=$(sha256sum < "$work/layer" | cut -d' ' -f1)
  gzip -nf "$work/layer"
  layer=$(blob "$work/layer.gz")
  config_blob=$(blob << JSON
{
  $members,
  "created": "$CREATED",
  "config": $config,
  "rootfs": {"type": "layers", "diff_ids": ["sha256:$diff_id"]},
  "history": [{"created": "$CREATED", "created_by": "base-images"}]
}
JSON
  )
  manifest=$(blob << JSON
{
  "schemaVersion": 2,
  "mediaType": "$MEDIA_TYPE.manifest.v1+json",
  "config": {"mediaType": "$MEDIA_TYPE.config.v1+json", $config_blob},
  "layers": [{"mediaType": "$MEDIA_TYPE.layer.v1.tar+gzip", $layer}]
}
JSON
  )
  echo "{\"mediaType\": \"$MEDIA_TYPE.manifest.v1+json\", $manifest, \"platform\": {$members}}"
}

# Says whether OUT_DIR has an image that this very script made for all the platforms asked for.
is_made() {
  local made_by platform
  made_by=$(grep -s "$recipe" "$out/$1/index.json") || return
  for platform in ${platforms//,/ }; do
    [[ $made_by =~ [\ ]${platform}[\ \"] ]] || return
  done
}

make_layout() {
  local name=$1 platform root=$work/root config descriptor manifests='' index
  layout=$out/.$name.new
  rm -rf "$layout"
  mkdir -p "$layout/blobs/sha256"
  for platform in ${platforms//,/ }; do
    rm -rf "$root"
    mkdir "$root"
    "${name}_root" "$(architecture "$platform")" "$root"
    config=$("${name}_config")
    descriptor=$(image "$platform" "$root" "$config")
    manifests+="${manifests:+, }$descriptor"
  done
  index=$(blob << JSON
{"schemaVersion": 2, "mediaType": "$MEDIA_TYPE.index.v1+json", "manifests": [$manifests]}
JSON
  )
  echo '{"imageLayoutVersion": "1.0.0"}' > "$layout/oci-layout"
  cat > "$layout/index.json" << JSON
{
  "schemaVersion": 2,
  "annotations": {"dev.slipway.testdata.made-by": "$recipe ${platforms//,/ }"},
  "manifests": [{
    "mediaType": "$MEDIA_TYPE.index.v1+json", $index,
    "annotations": {"org.opencontainers.image.ref.name": "latest"}
  }]
}
JSON
  rm -rf "${out:?}/$name"
  mv "$layout" "$out/$name"
  echo "$out/$name: ${platforms//,/ }"
}
