cp -R port/template port/myboard
cd port/myboard
mv amp_template.h amp_myboard.h
mv amp_template.c amp_myboard.c
sed -i 's/amp_template/amp_myboard/g; s/AMP_TEMPLATE/AMP_MYBOARD/g' amp_myboard.[ch]
sed -i 's/amp_stub/amp_myboard/g' first.c
cd ../..
