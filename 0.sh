mkdir -p build/port
{
    echo '#define ANCHORS \'
    sed 's/.*/    "&\\n" \\/' "$AMP_CA_FILE"
    echo '    ""'
    echo "#define BASE_URL \"$AMP_URL\""
} > build/port/first_config.h
