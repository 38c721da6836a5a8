build/port/step1 | tee build/port/step1.out
grep -q '^AMP_ERR_NETWORK at dns' build/port/step1.out
