CFLAGS="-std=c99 -Wall -Wextra -Iinclude -Iport/stub -Ibuild/port"
cc $CFLAGS src/*.c port/stub/amp_stub.c port/template/first.c \
    -lmbedtls -lmbedx509 -lmbedcrypto -o build/port/step1
