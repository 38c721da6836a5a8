# SPDX-License-Identifier: MIT
# The reference: Doxygen reads the public headers as they are, without a warning, and the reference contains every
# symbol that the library exports.
. test/packaging/common.sh
need 'command -v doxygen' doxygen
work=$(fresh reference)
AMPERSAND_VERSION=$version AMPERSAND_REFERENCE=$work doxygen docs/reference/Doxyfile > "$work/log" 2>&1 ||
    { head -n 40 "$work/log" >&2; exit 1; }
[ ! -s "$work/log" ] || { head -n 40 "$work/log" >&2; exit 1; }
sed -n 's/.*<name>\([A-Za-z_0-9]*\)<.*/\1/p' "$work"/xml/*.xml | LC_ALL=C sort -u > "$work/names"
while read -r _ name; do
    grep -qx "$name" "$work/names" || { echo "the reference lacks $name" >&2; exit 1; }
done < test/check/abi.txt
# Comments of members, of enumerators and of functions are found.
grep -q 'group.groupRef' "$work/xml/structamp__connection__t.xml"
grep -q 'The host name could not be resolved' "$work/xml/status_8h.xml"
grep -q 'Closes the connection and wipes the client' "$work/xml/client_8h.xml"
echo "$(wc -l < "$work/names") names, $(wc -l < test/check/abi.txt) of the library's symbols among them"
