# SPDX-License-Identifier: MIT
# The Debian package: built as docs/start-linux.md says, and installed into a separate root with a copy of
# this system's package list. It is then used, and removed without leaving files.
. test/packaging/common.sh
need_build
need 'command -v dpkg-shlibdeps' dpkg-dev
need 'command -v file' file
need 'command -v groff' groff-base
work=$(fresh deb)
log=$work/log

copy_project "$work/sources"
grep '^cmake --preset release' docs/start-linux.md > "$work/commands"
(cd "$work/sources" && quietly "$log" sh -eu "$work/commands")
package=$work/sources/build/release/ampersand_${version}_$(dpkg --print-architecture).deb
[ "$(dpkg-deb -f "$package" Version)" = "$version" ]
dpkg-deb -f "$package" Depends | grep -q 'libmbed' # found by the library's dependencies

root=$work/root
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers"
cp /var/lib/dpkg/status "$root/var/lib/dpkg/"
dpkg_there() {
    quietly "$log" as_root dpkg --root="$root" --force-script-chrootless --no-triggers --log="$work/dpkg.log" "$@"
}
files() {
    find "$root" -mindepth 1 -not -path "$root/var/*" | LC_ALL=C sort
}

files > "$work/before"
dpkg_there --install "$package"
files | sed "s|^$root||" > "$work/installed"
for file in /usr/bin/ampersand /usr/include/amp_posix.h /usr/include/ampersand/ampersand.h \
    /usr/share/man/man1/ampersand.1 /usr/share/bash-completion/completions/ampersand \
    /usr/share/zsh/vendor-completions/_ampersand /usr/share/fish/vendor_completions.d/ampersand.fish; do
    grep -qx "$file" "$work/installed" || { echo "the package lacks $file" >&2; exit 1; }
done
LD_LIBRARY_PATH=$(dirname "$(find "$root" -name libampersand.so)")
export LD_LIBRARY_PATH
client=$root/usr/bin/ampersand
[ "$("$client" --version)" = "ampersand $version" ]

start_sandbox "$(fresh sandbox)"
"$client" doctor > "$work/doctor.out" 2>&1 || { cat "$work/doctor.out" >&2; exit 1; }
result=0
"$client" --url https://localhost:1/v1 doctor > "$work/unreachable.out" 2>&1 || result=$?
[ "$result" -eq 4 ] || { cat "$work/unreachable.out" >&2; echo "doctor exited with $result, not 4" >&2; exit 1; }
echo "installed: $("$client" --json connection list | wc -l) connections listed; doctor exits with 0, and with 4 if no server answers"

# The manual page has each command and each option, and groff reports nothing.
page=$root/usr/share/man/man1/ampersand.1
warnings=$(groff -man -ww -Tascii -P-c -rLL=200n -rHY=0 "$page" 2>&1 > "$work/page")
[ -z "$warnings" ] || { echo "$warnings" >&2; exit 1; }
"$client" --help | sed -n 's/^  ampersand \([a-z]* \{0,1\}[a-z]*\).*/\1/p; s/^  \(--[a-z-]*\).*/\1/p' > "$work/names"
[ "$(wc -l < "$work/names")" -gt 20 ]
while IFS= read -r name; do
    sed 's/.\x08//g' "$work/page" | grep -qF -e "$name" || { echo "the manual page lacks $name" >&2; exit 1; }
done < "$work/names"

# completes WORDS EXPECTED: the last word of WORDS completes to EXPECTED.
completes() {
    got=$(bash -c '
        compopt() { :; }
        . "$1"
        COMP_WORDS=($2)
        [[ $2 == *" " ]] && COMP_WORDS+=("")
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _ampersand
        echo "${COMPREPLY[*]}"' bash "$root/usr/share/bash-completion/completions/ampersand" "$1")
    [ "$got" = "$2" ] || { echo "'$1' completes to '$got', not '$2'" >&2; exit 1; }
}
completes 'ampersand conn' "$("$client" --help | grep -q '^  ampersand connect ' && echo 'connect connection' || echo connection)"
completes 'ampersand connection g' 'get generate'
completes 'ampersand --project x connection get --ref' '--refresh'
completes 'ampersand connection list --refresh' ''
completes 'ampersand doctor --de' '--deadline'
completes 'ampersand --ca LICEN' LICENSE
completes 'ampersand decode prob' problem

dpkg_there --purge ampersand
files > "$work/after"
diff "$work/before" "$work/after" || { echo "the package does not remove the files above" >&2; exit 1; }
echo "removed: nothing is left"
