# The small root: one static busybox and a link per applet.

busybox_binary() {
  local folder=$work/busybox-$1 archive
  if [ ! -d "$folder" ]; then
    archive=$(packages "$1" busybox-static)
    mkdir "$folder"
    unpack "$archive" "$folder" > /dev/null
  fi
  find "$folder" -type f -path '*bin/busybox'
}

busybox_root() {
  local arch=$1 root=$2 binary native applet
  binary=$(busybox_binary "$arch")
  # The machine can list the applets of its own architecture only; the others have the same.
  native=$(busybox_binary "$(dpkg --print-architecture)")
  mkdir -p "$root"/{bin,dev,etc,home,lib,proc,root,sbin,sys,tmp,usr/bin,usr/local/bin,usr/sbin,var}
  chmod 1777 "$root/tmp"
  install -m 755 "$binary" "$root/bin/busybox"
  for applet in $("$native" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
  done
  cat > "$root/etc/passwd" << 'PASSWD'
root:x:0:0:root:/root:/bin/sh
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/:/bin/false
PASSWD
  cat > "$root/etc/group" << 'GROUP'
root:x:0:
www-data:x:33:
users:x:100:
nogroup:x:65534:
GROUP
}

busybox_config() {
  echo "{\"Env\": [\"PATH=$STANDARD_PATH\"], \"Cmd\": [\"sh\"]}"
}

alpine_root() {
  busybox_root "$@"
}

alpine_config() {
  busybox_config
}
