/* SPDX-License-Identifier: MIT */
/* An empty program: shows the toolchain's own share of an image. */
int main(void)
{
    for (;;) {
    }
}
