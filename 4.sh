grep -n FIXME port/myboard/* && exit 1
CFLAGS="-std=c99 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Iinclude -Iport/myboard -Ibuild/port"
cc $CFLAGS -DAMP_MYBOARD src/*.c port/myboard/amp_myboard.c port/myboard/first.c \
    -lmbedtls -lmbedx509 -lmbedcrypto -o build/port/step2
build/port/step2 | tee build/port/step2.out
grep -q '^AMP_OK' build/port/step2.out
