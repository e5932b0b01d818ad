# shellcheck shell=bash
# What scripts/run and scripts/test share: everything a bare Debian or Ubuntu lacks is installed,
# and nothing that is there is touched.  To be sourced, from the root of the checkout.
#
# Bash alone runs this: a bare machine has neither make nor python3.  What was done is stamped in
# .venv/.formextract-stamp, so that a second run asks neither apt nor a package index for anything.
#
# The machine's own settings for pip, uv, proxies and certificates hold; no index address is written.

UV_VERSION=0.13.9
TOOLS=.tools
VENV=.venv
STAMP=$VENV/.formextract-stamp
EXIT_MISSING=3

# C.UTF-8 is on every Debian and Ubuntu; without a UTF-8 locale Thai file names are not printable.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
  *UTF-8 | *utf8 | *UTF8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac
export LANG="${LANG:-C.UTF-8}" PYTHONUTF8=1

say() { printf '%s\n' "$*" >&2; }

# fail MESSAGE...: says what is missing and how to mend it, one line an argument.
fail() {
  printf '\n' >&2
  printf '%s\n' "$@" >&2
  exit "$EXIT_MISSING"
}

# quietly LOG COMMAND...: the command's output goes to the log; its end is shown if it fails.
quietly() {
  local log=$1
  shift
  if ! "$@" >>"$log" 2>&1 </dev/null; then
    say "failed: $*" "the last lines of $log:"
    tail -n 15 "$log" >&2
    return 1
  fi
}

os_name() { (. /etc/os-release 2>/dev/null && printf '%s' "${PRETTY_NAME:-unknown system}"); }
os_id() { (. /etc/os-release 2>/dev/null && printf '%s' "${ID:-}"); }

# ---------------------------------------------------------------- Debian packages

# find_python: prints the first Python that is new enough; the distribution's before any other,
# because programs like pyenv put shims on the PATH that change with the folder.
find_python() {
  local candidate
  for candidate in ${FORMEXTRACT_PYTHON:-} /usr/bin/python3 /usr/bin/python3.1{1,2,3,4} python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

has_tesseract_data() { # NAME
  local listed
  command -v tesseract >/dev/null 2>&1 || return 1
  listed=$(tesseract --list-langs 2>/dev/null) || return 1
  printf '%s\n' "$listed" | grep -qx "$1"
}

# missing_packages: prints the Debian packages to install, judged by what works rather than by
# dpkg's list: a Tesseract built by hand is as good.
missing_packages() { # run|test
  local python
  if ! python=$(find_python); then
    # Where python3 is there but old, installing it again is no help: need_python says so.
    [ -x /usr/bin/python3 ] || printf '%s\n' python3 python3-venv
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    printf '%s\n' python3-venv
  fi
  command -v tesseract >/dev/null 2>&1 || printf '%s\n' tesseract-ocr
  has_tesseract_data tha || printf '%s\n' tesseract-ocr-tha
  has_tesseract_data eng || printf '%s\n' tesseract-ocr-eng
  has_tesseract_data osd || printf '%s\n' tesseract-ocr-osd
  has_tesseract_data script/Thai || has_tesseract_data Thai || printf '%s\n' tesseract-ocr-script-thai
  [ "$1" = test ] || return 0
  [ -d /usr/share/fonts/truetype/tlwg ] || [ -d /usr/share/fonts/opentype/tlwg ] || printf '%s\n' fonts-thai-tlwg
  command -v pdftotext >/dev/null 2>&1 || printf '%s\n' poppler-utils
  # Ubuntu's chromium is a snap, which needs a running snapd: the browser tests skip there.
  [ "$(os_id)" = ubuntu ] || command -v chromium >/dev/null 2>&1 || printf '%s\n' chromium
  # The driver that Playwright brings along wants it.
  PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || printf '%s\n' libatomic1
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || printf '%s\n' postgresql
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  else
    # Proxies are named again, because sudo drops them.
    sudo env ${http_proxy:+"http_proxy=$http_proxy"} ${https_proxy:+"https_proxy=$https_proxy"} \
      ${no_proxy:+"no_proxy=$no_proxy"} "$@"
  fi
}

install_packages() { # LOG PACKAGE...
  local log=$1
  shift
  if ! command -v apt-get >/dev/null 2>&1; then
    fail "This machine ($(os_name)) has no apt-get, and these Debian packages, or their like, are missing:" \
      "  $*" "Install them, then run this again."
  fi
  if [ "$(id -u)" != 0 ] && ! { command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }; then
    fail "These Debian packages are missing, and installing them needs root or sudo, which this user has not:" \
      "  $*" "Ask an administrator for:" "  apt-get install --no-install-recommends $*" "then run this again."
  fi
  say "Installing Debian packages: $*"
  # Tests make their own throw-away cluster; no database service is to start for their sake.
  if [[ " $* " == *" postgresql "* ]] && [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    as_root mkdir -p /etc/postgresql-common
    printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi
  quietly "$log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update ||
    fail "The package lists could not be fetched (apt-get update)." "Look at the network or the proxy, then run this again."
  quietly "$log" as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends \
    -o Dpkg::Options::=--force-confold "$@" ||
    fail "These packages could not be installed: $*" "The log is $log."
}

need_python() {
  find_python && return 0
  local found="no Python"
  [ -x /usr/bin/python3 ] && found=$(/usr/bin/python3 --version 2>&1)
  fail "formextract needs Python 3.11 or newer; $(os_name) has $found." \
    "Debian 12 and Ubuntu 24.04 bring one; Ubuntu 22.04 has only Python 3.10." \
    "Upgrade the system, or name another Python: FORMEXTRACT_PYTHON=/path/to/python3.11 $0"
}

# ---------------------------------------------------------------- uv and the environment

# pip_setting NAME: a setting of this machine's pip (its config files), or nothing.
pip_setting() { "$TOOLS/bin/python" -m pip config get "global.$1" 2>/dev/null || true; }

# install_uv LOG PYTHON: uv at the wanted version under .tools.
install_uv() {
  local log=$1 python=$2
  if [ "$("$TOOLS/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" = "$UV_VERSION" ]; then return 0; fi
  rm -rf "$TOOLS"
  quietly "$log" "$python" -m venv "$TOOLS" || fail "No virtual environment could be made with $python."
  quietly "$log" "$TOOLS/bin/python" -m pip install --disable-pip-version-check --quiet "uv==$UV_VERSION" ||
    fail "uv $UV_VERSION could not be fetched by pip." "Look at the network and at pip's settings, then run this again."
}

# uv reads none of pip's settings; where the machine sets only pip's, they are handed over for
# this run, in the environment and nowhere else.
hand_pip_settings_to_uv() {
  export UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1
  local index cert
  if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}${UV_CONFIG_FILE:-}" ] && [ ! -e /etc/uv/uv.toml ] &&
    [ ! -e "${XDG_CONFIG_HOME:-$HOME/.config}/uv/uv.toml" ]; then
    index=${PIP_INDEX_URL:-$(pip_setting index-url)}
    [ -z "$index" ] || export UV_DEFAULT_INDEX=$index
  fi
  if [ -z "${SSL_CERT_FILE:-}" ]; then
    cert=${PIP_CERT:-$(pip_setting cert)}
    [ -z "$cert" ] || export SSL_CERT_FILE=$cert
  fi
}

sha_of() { sha256sum "$1" | cut -d' ' -f1; }

# stamp_wanted LOCK: what the stamp says once the environment holds this lock.  The folder is in
# it because a virtual environment does not survive a move; pyproject.toml because it names the
# command and the package.
stamp_wanted() {
  printf 'lock %s\nproject %s\nfolder %s\n' "$(sha_of "$1")" "$(sha_of pyproject.toml)" "$PWD"
}

# environment_holds LOCK: is the environment whole and made from this lock?
environment_holds() {
  [ -x "$VENV/bin/python" ] && [ -x "$VENV/bin/formextract" ] && [ -f "$STAMP" ] &&
    [ "$(cat "$STAMP")" = "$(stamp_wanted "$1")" ] && "$VENV/bin/python" -c 'import formextract' 2>/dev/null
}

# install_environment run|test LOG
install_environment() {
  local kind=$1 log=$2 lock=requirements.lock python
  [ "$kind" = run ] || lock=requirements-dev.lock
  environment_holds "$lock" && return 0
  # The tests' environment is that of the run and more (the same pins: tests/test_house.py), so
  # running leaves it as it is.
  [ "$kind" = run ] && environment_holds requirements-dev.lock && return 0

  python=$(need_python) || exit "$EXIT_MISSING"
  install_uv "$log" "$python"
  hand_pip_settings_to_uv
  say "Installing Python packages from $lock"
  rm -f "$STAMP"
  if ! "$VENV/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    ! grep -qs "$PWD/$VENV" "$VENV/bin/activate"; then
    quietly "$log" "$TOOLS/bin/uv" venv --quiet --clear --python "$python" "$VENV" ||
      fail "The environment $VENV could not be made with $python."
  fi
  # A test run beside this one may wait for the same environment: uv locks it.
  quietly "$log" "$TOOLS/bin/uv" pip sync --quiet --python "$VENV/bin/python" --require-hashes "$lock" ||
    fail "The Python packages could not be installed; the log is $log." \
      "Look at the network and at the settings of pip and uv, then run this again."
  quietly "$log" "$TOOLS/bin/uv" pip install --quiet --python "$VENV/bin/python" --offline --no-deps \
    --no-build-isolation --editable . || fail "The project itself could not be installed; the log is $log."
  "$VENV/bin/python" -c 'import formextract' || fail "The project is installed but cannot be imported."
  stamp_wanted "$lock" >"$STAMP.pending"
  mv -f "$STAMP.pending" "$STAMP"
}

# setup run|test: the one entry.
setup() {
  local kind=$1 log packages
  mkdir -p "${FORMEXTRACT_HOME:-var}/log"
  log=${FORMEXTRACT_HOME:-var}/log/setup.log
  mapfile -t packages < <(missing_packages "$kind")
  if [ "${#packages[@]}" -gt 0 ]; then install_packages "$log" "${packages[@]}"; fi
  need_python >/dev/null
  install_environment "$kind" "$log"
}

# need_loopback: Prefect talks to its temporary server over 127.0.0.1, which is down in a fresh
# network namespace (containers, `unshare -n`).  Root puts it up here, with or without the program ip.
need_loopback() {
  "$VENV/bin/python" - <<'PY' || fail "The loopback interface is down, and the nightly flow needs it." \
    "As root: ip link set lo up"
import fcntl, socket, struct, sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    def flags(request: int, value: int) -> int:
        answer = fcntl.ioctl(control, request, struct.pack("16sh22x", b"lo", value))
        return struct.unpack("16sh22x", answer)[1]

    try:
        SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 0x1
        now = flags(SIOCGIFFLAGS, 0)
        if not now & IFF_UP:
            flags(SIOCSIFFLAGS, now | IFF_UP)
    except OSError as error:
        sys.exit(f"lo: {error}")
PY
}
