# SPDX-License-Identifier: MIT
# The reference: Doxygen makes it of the public headers without a word, and every name that the library
# shows is in it.
. test/packaging/common.sh
need 'command -v doxygen' doxygen
need 'command -v python3' python3
work=$(fresh reference)
AMPERSAND_VERSION=$version AMPERSAND_REFERENCE=$work doxygen docs/reference/Doxyfile > "$work/log" 2>&1 ||
    { head -n 40 "$work/log" >&2; exit 1; }
[ ! -s "$work/log" ] || { head -n 40 "$work/log" >&2; exit 1; }
sed -n 's/.*<name>\([A-Za-z_0-9]*\)<.*/\1/p' "$work"/xml/*.xml | LC_ALL=C sort -u > "$work/names"
while read -r _ name; do
    grep -qx "$name" "$work/names" || { echo "the reference lacks $name" >&2; exit 1; }
done < test/check/abi.txt
grep -q 'group.groupRef' "$work/xml/structamp__connection__t.xml" # told by the schema's table
echo "$(wc -l < "$work/names") names, $(wc -l < test/check/abi.txt) of the library's symbols among them"
