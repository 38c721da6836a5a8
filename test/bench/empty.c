/* SPDX-License-Identifier: MIT */
/* What the toolchain itself puts into an image. */
int main(void)
{
    for (;;) {
    }
}
