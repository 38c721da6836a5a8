# SPDX-License-Identifier: MIT
# The version is defined in include/ampersand/config.h. All other files that contain it must have the same
# version.
. test/packaging/common.sh
count=0

# says FILE VERSION: compares the version that a file has
says() {
    [ "$2" = "$version" ] || { echo "$1 says ${2:-nothing}, config.h says $version" >&2; exit 1; }
    count=$((count + 1))
}

# number NAME: prints one of config.h's three macros
number() {
    sed -n "s/^#define AMP_VERSION_$1 \([0-9]*\).*/\1/p" include/ampersand/config.h
}

says "config.h in its numbers" "$(number MAJOR).$(number MINOR).$(number PATCH)"
# The newest section is the first one, released or not.
says CHANGELOG.md "$(sed -n 's/^## \([0-9.]*\),.*/\1/p' CHANGELOG.md | head -n 1)"
says library.json "$(sed -n 's/^  "version": "\(.*\)",$/\1/p' library.json)"
says idf_component.yml "$(sed -n 's/^version: "\(.*\)"$/\1/p' idf_component.yml)"
echo "version $version in $count places"

# Kconfig repeats the sizes of config.h.
sizes=$(sed -n 's/^#define AMP_\([A-Z_]*_SIZE\|JSON_DEPTH\) \([0-9]*\)$/\1 \2/p' include/ampersand/config.h | grep -v '^WORK_')
[ "$(echo "$sizes" | wc -l)" -ge 8 ]
echo "$sizes" | while read -r name value; do
    default=$(sed -n "/config AMPERSAND_$name\$/,/config /s/^ *default \([0-9]*\)$/\1/p" Kconfig)
    [ "$default" = "$value" ] || { echo "Kconfig: AMPERSAND_$name is ${default:-not there}, $value in config.h" >&2; exit 1; }
    grep -qw "$name" cmake/sizes.cmake || { echo "cmake/sizes.cmake lacks $name" >&2; exit 1; }
done
echo "Kconfig has $(echo "$sizes" | wc -l) sizes, as config.h"
