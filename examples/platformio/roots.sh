#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes src/arduino/roots.h: root certificates as DER arrays, for a board whose core has no bundle to rely on.
# From this folder, with the files of Debian's package ca-certificates:
#
#   cd /usr/share/ca-certificates/mozilla && sh .../roots.sh ISRG_Root_X1.crt ISRG_Root_X2.crt \
#       GTS_Root_R1.crt GTS_Root_R4.crt > .../src/arduino/roots.h
#
# Each argument is a certificate in PEM, whose file's name becomes that of the array.
set -eu
[ $# -gt 0 ] || { echo "usage: roots.sh CERTIFICATE.crt..." >&2; exit 2; }
names=
cat << EOF
/* Made by roots.sh, which tells how to make it again with other roots. Roots are public:
 * these are from Debian's ca-certificates, which has them from Mozilla. */
#ifndef ROOTS_H
#define ROOTS_H

#include "ampersand/tls.h"
EOF
for file in "$@"; do
    name=$(basename "$file" .crt | tr '[:upper:]-' '[:lower:]_')
    names="$names $name"
    printf '\n/* %s, until %s */\n' "$(openssl x509 -in "$file" -noout -subject -nameopt multiline |
        sed -n 's/.*commonName *= //p')" "$(openssl x509 -in "$file" -noout -enddate | sed 's/.* \([0-9]*\) GMT/\1/')"
    echo "static const uint8_t ${name}[] = {"
    openssl x509 -in "$file" -outform der | od -An -v -tx1 -w16 | sed 's/ \(..\)/ 0x\1,/g; s/^/   /; s/$//'
    echo "};"
done
printf '\nstatic const amp_anchor_t roots[] = {\n'
for name in $names; do
    echo "    {AMP_ANCHOR_DER, $name, sizeof $name},"
done
printf '};\n\n#endif\n'
