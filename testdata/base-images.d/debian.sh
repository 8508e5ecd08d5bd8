# A root of the distribution itself. Nothing of it is run, as it may be for a foreign architecture: packages are
# unpacked and entered as installed, and what matters of their installation scripts is done here.

debian_root() {
  distribution_root "$1" "$2" '?essential' usr-is-merged apt
}

debian_config() {
  echo "{\"Env\": [\"PATH=$STANDARD_PATH\"], \"Cmd\": [\"bash\"]}"
}

# Fills a root folder for an architecture with packages and all they depend on.
distribution_root() {
  local arch=$1 root=$2 archive archives folder
  shift 2
  archives=$(packages "$arch" "$@")
  mkdir -p "$root"/{dev,etc,proc,sys,tmp,usr/{bin,sbin,lib,lib64},var/lib/dpkg/{info,triggers}}
  for folder in bin sbin lib lib64; do
    ln -s "usr/$folder" "$root/$folder"
  done
  echo 1 > "$root/var/lib/dpkg/info/format"
  touch "$root"/var/lib/dpkg/{status,available,diversions,statoverride,triggers/File,triggers/Unincorp}
  for archive in $archives; do
    unpack "$archive" "$root" > "$work/unpacked"
    enter_package "$archive" "$work/unpacked" "$root"
  done
  accounts "$root"
  defaults "$root"
  apt_settings "$root"
}

# Enters a package, of which those files are unpacked, into the database of installed packages.
enter_package() {
  local archive=$1 unpacked=$2 root=$3 control=$work/control name arch file conffile digest
  rm -rf "$control"
  dpkg-deb -e "$archive" "$control"
  name=$(dpkg-deb -f "$archive" Package)
  arch=$(dpkg-deb -f "$archive" Architecture)
  {
    dpkg-deb -f "$archive"
    echo 'Status: install ok installed'
    if [ -s "$control/conffiles" ]; then
      echo 'Conffiles:'
      grep '^/' "$control/conffiles" | while read -r conffile; do
        digest=$(md5sum < "$root$conffile")
        echo " $conffile ${digest%% *}"
      done
    fi
    echo
  } >> "$root/var/lib/dpkg/status"
  if [ -e "$control/triggers" ]; then
    enter_triggers "$name" "$control/triggers" "$root/var/lib/dpkg/triggers"
  fi
  if grep -q '^Multi-Arch: same' "$control/control"; then
    name+=:$arch
  fi
  rm "$control/control"
  for file in "$control"/*; do
    mv "$file" "$root/var/lib/dpkg/info/$name.${file##*/}"
  done
  # The names begin with "./", those of folders end with "/", and the root's own is written "/.".
  sed -E 's,^\.(/.*[^/])?/?$,\1,; s,^$,/.,' "$unpacked" > "$root/var/lib/dpkg/info/$name.list"
}

# Enters what a package wants to be told of, such as new libraries.
enter_triggers() {
  local name=$1 file=$2 folder=$3 directive trigger
  while read -r directive trigger _; do
    case $directive in
      interest-noawait) name=$1/noawait ;;
      interest | interest-await) name=$1 ;;
      *) continue ;;
    esac
    case $trigger in
      /*) echo "$trigger $name" >> "$folder/File" ;;
      *) echo "$name" >> "$folder/$trigger" ;;
    esac
  done < "$file"
}

accounts() {
  local etc=$1/etc masters=$1/usr/share/base-passwd
  sed 's/^\([^:]*\):\*:/\1:x:/' "$masters/passwd.master" > "$etc/passwd"
  sed 's/^\([^:]*\):\*:/\1:x:/' "$masters/group.master" > "$etc/group"
  grep -q '^_apt:' "$etc/passwd" || echo '_apt:x:100:65534::/nonexistent:/usr/sbin/nologin' >> "$etc/passwd"
  sed 's/^\([^:]*\):.*/\1:*:19000:0:99999:7:::/' "$etc/passwd" > "$etc/shadow"
  sed 's/^\([^:]*\):.*/\1:*::/' "$etc/group" > "$etc/gshadow"
  chmod 640 "$etc/shadow" "$etc/gshadow"
  chgrp 42 "$etc/shadow" "$etc/gshadow" 2> /dev/null || true
}

# Files and links that installation scripts make.
defaults() {
  local root=$1
  mkdir -p "$root"/{media,mnt,opt,srv,run/lock,usr/local/{bin,etc,include,lib,sbin,share,src},var/{log,mail,opt,tmp}}
  chmod 1777 "$root"/{run/lock,tmp,var/tmp}
  cp "$root/usr/share/base-files/dot.profile" "$root/root/.profile"
  cp "$root/usr/share/base-files/dot.bashrc" "$root/root/.bashrc"
  cp "$root/usr/share/base-files/profile" "$root/etc/profile"
  cp "$root/usr/share/debianutils/shells" "$root/etc/shells"
  cp "$root/usr/share/libc-bin/nsswitch.conf" "$root/etc/nsswitch.conf"
  alternative "$root" awk /usr/bin/mawk 5
  alternative "$root" which /usr/bin/which.debianutils 0
  rm -f "$root/var/log/alternatives.log"
}

alternative() {
  [ ! -e "$1$3" ] || update-alternatives --quiet --root "$1" --install "/usr/bin/$2" "$2" "$3" "$4"
}

# Lets apt work in the image as it does on this machine: the same sources, keys, preferences and ways of fetching.
apt_settings() {
  local root=$1 file
  cat > "$root/etc/dpkg/dpkg.cfg.d/slim" << SETTINGS
force-unsafe-io
path-exclude /usr/share/doc/*
path-exclude /usr/share/info/*
path-exclude /usr/share/locale/*
path-exclude /usr/share/man/*
SETTINGS
  [ -d "$root/etc/apt" ] || return 0
  fetch_settings > "$root/etc/apt/apt.conf.d/00machine"
  if [ -n "$sources" ]; then
    cp "$sources" "$root/etc/apt/sources.list.d/${sources##*/}"
  else
    for file in /etc/apt/{sources.list,sources.list.d/*.list,sources.list.d/*.sources}; do
      [ ! -f "$file" ] || cp -L "$file" "$root$file"
    done
  fi
  for file in /etc/apt/{preferences,preferences.d,trusted.gpg,trusted.gpg.d,keyrings}; do
    [ ! -e "$file" ] || cp -rL "$file" "$root/etc/apt"
  done
  # Keys that a source names, and the certificates that this machine trusts.
  {
    cat "$root"/etc/apt/sources.list{,.d/*} 2> /dev/null | grep -oE '/[^], ]+\.(gpg|asc|pgp)' || true
    echo /etc/ssl/certs/ca-certificates.crt
  } | sort -u |
    while read -r file; do
      [ ! -f "$file" ] || install -D -m 644 "$file" "$root$file"
    done
}
