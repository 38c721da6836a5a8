# SPDX-License-Identifier: MIT
# The reference: Doxygen must read the public headers unchanged and without a warning, and the reference must
# contain every symbol that the library exports.
. test/packaging/common.sh
need 'command -v doxygen' doxygen
work=$(fresh reference)
# The last value of an option counts. The file's own settings write the output below build/.
grep -qx 'OUTPUT_DIRECTORY *= build' docs/reference/Doxyfile
{
    cat docs/reference/Doxyfile
    echo "OUTPUT_DIRECTORY = $work"
} | AMPERSAND_VERSION=$version doxygen - > "$work/log" 2>&1 || { head -n 40 "$work/log" >&2; exit 1; }
[ ! -s "$work/log" ] || { head -n 40 "$work/log" >&2; exit 1; }
[ -s "$work/reference/index.html" ]
sed -n 's/.*<name>\([A-Za-z_0-9]*\)<.*/\1/p' "$work"/reference-xml/*.xml | LC_ALL=C sort -u > "$work/names"
while read -r _ name; do
    grep -qx "$name" "$work/names" || { echo "the reference lacks $name" >&2; exit 1; }
done < test/check/abi.txt
# Doxygen must find comments of members, enumerators and functions.
grep -q 'group.groupRef' "$work/reference-xml/structamp__connection__t.xml"
grep -q 'The host name could not be resolved' "$work/reference-xml/status_8h.xml"
grep -q 'Closes the connection and wipes the client' "$work/reference-xml/client_8h.xml"
echo "$(wc -l < "$work/names") names, $(wc -l < test/check/abi.txt) of the library's symbols among them"
