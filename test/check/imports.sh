#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks that the library's objects import no function of the heap, stdio, processes or environment. Only the
# POSIX port's resolver may start a thread. Only TLS may read the time, to use the same clock as mbedTLS.
# usage: imports.sh LIBRARY.a
set -eu
forbidden='malloc|calloc|realloc|free|alloca|strdup|strndup|aligned_alloc|posix_memalign'
forbidden="$forbidden|v?f?printf|v?sn?printf|v?asprintf|dprintf|f?puts|f?putc|putchar|perror|fopen|fwrite|fread|fclose"
forbidden="$forbidden|s?f?scanf|strtod|strtof|strtol|strtoul|strtoll|atoi|atof|setjmp|longjmp|exit|abort|getenv|system"
forbidden="$forbidden|pthread_[a-z_]*|thrd_[a-z_]*|signal|sigaction|rand|srand|random|time|sleep|usleep|nanosleep"
found=$(nm --undefined-only "$1" | awk '
        /^[^ ]*\.o:$/ { object = $1 }
        NF == 2 && $1 == "U" && !(object ~ /^tls_stats\./ && $2 ~ /^time(@|$)/) && !(object ~ /^posix_resolve\./ && $2 ~ /^pthread_(create|join|sigmask)(@|$)/) { print $2 }' |
    sed 's/^__//; s/_chk$//; s/@.*//' | sort -u | grep -E "^($forbidden)\$" || true)
if [ -n "$found" ]; then
    echo "the library imports: $found" >&2
    exit 1
fi
count=$(nm --undefined-only "$1" | grep -c ' U ')
[ "$count" -gt 20 ] || { echo "nm showed $count imports: nothing was checked" >&2; exit 1; }
data=$(nm --format=sysv "$1" | awk -F'|' '$7 ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && $7 !~ /^\.data\.rel\.ro/ { print $1 }')
if [ -n "$data" ]; then
    echo "the library has writable data: $data" >&2
    exit 1
fi
echo "no heap, no stdio, no writable data among $count imports"
