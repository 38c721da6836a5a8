# SPDX-License-Identifier: MIT
# To be sourced after need.sh. Downloads Debian packages of any suite with a private apt configuration, so
# that the configuration of the system does not change.

# Prints the address of the Debian mirror that this system already uses.
debian_mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null |
        sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\).*/\2/p' | grep -E '/debian/?$' | head -n 1
}

# debian_source SUITE PACKAGE PATTERN FOLDER: unpacks the upstream source of a package below FOLDER/PACKAGE.
# PATTERN matches the archive (mbedtls_3.6*.orig.tar.*). A file that was downloaded or unpacked before is used
# again. On failure `debian_source_why` has the reason.
debian_source() {
    suite=$1 package=$2 pattern=$3 folder=$4
    [ ! -f "$folder/$package/.unpacked" ] || return 0
    debian_source_why="xz and bzip2 could not be installed"
    { need 'command -v xz' xz-utils && need 'command -v bzip2' bzip2; } || return 1
    ls "$folder"/download/$pattern > /dev/null 2>&1 ||
        debian_fetch deb-src "" source --download-only --tar-only "$package" || return 1
    debian_source_why="its archive could not be unpacked"
    rm -rf "${folder:?}/${package:?}"
    mkdir "$folder/$package"
    tar -xf "$folder"/download/$pattern -C "$folder/$package" --strip-components=1 || return 1
    touch "$folder/$package/.unpacked"
}

# debian_binary SUITE PACKAGE PATTERN FOLDER: does the same for a binary package.
debian_binary() {
    suite=$1 package=$2 pattern=$3 folder=$4
    [ ! -f "$folder/$package/.unpacked" ] || return 0
    ls "$folder"/download/$pattern > /dev/null 2>&1 || debian_fetch deb "" download "$package" || return 1
    rm -rf "${folder:?}/${package:?}"
    dpkg -x "$folder"/download/$pattern "$folder/$package"
    touch "$folder/$package/.unpacked"
}

# debian_foreign SUITE ARCHITECTURE FOLDER PACKAGE...: unpacks packages of another architecture into
# one tree, FOLDER/ARCHITECTURE. They are not installed.
debian_foreign() {
    suite=$1 package=$2 folder=$3
    shift 3
    [ ! -f "$folder/$package/.unpacked" ] || return 0
    rm -rf "${folder:?}/download" "${folder:?}/${package:?}"
    debian_fetch deb "$package" download "$@" || return 1
    debian_source_why="its packages could not be unpacked"
    for deb in "$folder"/download/*.deb; do
        dpkg -x "$deb" "$folder/$package" || return 1
    done
    touch "$folder/$package/.unpacked"
}

# debian_fetch KIND ARCHITECTURE APT-GET-WORD...: runs apt-get with the private configuration. An empty
# ARCHITECTURE is that of this system.
debian_fetch() {
    kind=$1 architecture=$2
    shift 2
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    debian_source_why="no Debian archive keyring on this system"
    [ -f "$keyring" ] || return 1
    from=$(debian_mirror)
    debian_source_why="this system has no Debian mirror configured"
    [ -n "$from" ] || return 1
    mkdir -p "$folder/apt/lists/partial" "$folder/apt/cache/archives/partial" "$folder/download"
    echo "$kind [signed-by=$keyring] $from $suite main" > "$folder/apt/sources.list"
    options="-o Dir::Etc::sourcelist=$folder/apt/sources.list -o Dir::Etc::sourceparts=-"
    options="$options -o Dir::State::lists=$folder/apt/lists -o Dir::Cache=$folder/apt/cache -o APT::Sandbox::User=root"
    if [ -n "$architecture" ]; then
        options="$options -o APT::Architecture=$architecture -o APT::Architectures::=$architecture"
    fi
    debian_source_why="its package could not be fetched ($folder/fetch-$package.log)"
    (cd "$folder/download" && apt-get $options update && apt-get $options "$@") \
        > "$folder/fetch-$package.log" 2>&1
}
