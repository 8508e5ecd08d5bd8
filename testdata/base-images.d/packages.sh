# Packages of any architecture, by an apt that shares with the machine's own only its sources and how it fetches.

# The distribution's name for the architecture of a platform.
architecture() {
  case $1 in
    linux/amd64 | linux/arm64 | linux/s390x | linux/riscv64) echo "${1#linux/}" ;;
    linux/arm/v7) echo armhf ;;
    linux/386) echo i386 ;;
    linux/ppc64le) echo ppc64el ;;
    *) fail "no package architecture is known for platform $1" ;;
  esac
}

# How packages are fetched here: the machine's settings for it (proxies, certificates, retries), without any hooks.
fetch_settings() {
  APT_CONFIG='' apt-config dump |
    grep -E '^Acquire::(https?|Retries|Check-Date|Check-Valid-Until|ForceIPv[46]|AllowInsecure|AllowWeak)' || true
  [ -z "${http_proxy:-}" ] || echo "Acquire::http::Proxy \"$http_proxy\";"
  [ -z "${https_proxy:-}" ] || echo "Acquire::https::Proxy \"$https_proxy\";"
  echo 'Acquire::Languages "none";'
  # Otherwise apt fetches as a user of its own, who can't write to a private folder.
  echo 'APT::Sandbox::User "root";'
}

# Points apt at lists and settings of our own, as if on a machine of that architecture with nothing installed.
use_apt_for() {
  local arch=$1 state=$cache/$1
  if [ ! -e "$work/updated-$arch" ]; then
    mkdir -p "$state/lists/partial" "$cache/archives/partial"
    : > "$state/status"
    {
      fetch_settings
      cat << SETTINGS
APT::Architecture "$arch";
APT::Architectures { "$arch"; };
APT::Install-Recommends "false";
Dir::State "$state";
Dir::State::lists "$state/lists";
Dir::State::status "$state/status";
Dir::Cache "$state";
Dir::Cache::archives "$cache/archives";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
SETTINGS
      [ -z "$sources" ] || printf 'Dir::Etc::sourcelist "%s";\nDir::Etc::sourceparts "/dev/null";\n' "$sources"
    } > "$state/apt.conf"
    # One source of several may have nothing for this architecture; what has to work is the download.
    APT_CONFIG=$state/apt.conf apt-get -qq update > "$work/updated-$arch" 2>&1 || true
  fi
  export APT_CONFIG=$state/apt.conf
}

# Fetches packages with all they depend on and prints the paths of their archives, in the order of installation.
packages() {
  local arch=$1 name version package_arch
  shift
  use_apt_for "$arch"
  apt-get -qq --yes --download-only install "$@" > "$work/download" 2>&1 || {
    cat "$work/updated-$arch" "$work/download" >&2
    fail "the package sources don't give '$*' for $arch; name a file of sources that do with --sources" \
      "(some distributions keep other architectures on hosts of their own)"
  }
  # A line "Inst NAME (VERSION SUITE [ARCH])" is the archive NAME_VERSION_ARCH.deb, in which a colon is %3a.
  apt-get -qq --simulate install "$@" |
    sed -nE 's/^Inst ([^ ]+) \(([^ ]+) .*\[([a-z0-9]+)\]\).*/\1 \2 \3/p' |
    while read -r name version package_arch; do
      echo "$cache/archives/${name}_${version//:/%3a}_$package_arch.deb"
    done
}

# What stays out of every root: documentation, as in the distribution's slim images.
excluded=('usr/share/doc/*' 'usr/share/info/*' 'usr/share/locale/*' 'usr/share/man/*')

# Unpacks an archive into a root folder and prints the names of what is there now.
unpack() {
  dpkg-deb --fsys-tarfile "$1" |
    tar -C "$2" -xpv --numeric-owner --keep-directory-symlink "${excluded[@]/#/--exclude=./}"
}
