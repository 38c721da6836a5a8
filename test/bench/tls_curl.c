/* SPDX-License-Identifier: MIT */
/* The TLS benchmark of libcurl: tls_curl PORT CA.pem. Makes the same three requests as tls_client.c. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Not inlined, and not merged with an identical function. */
#define COUNTED __attribute__((noipa))

COUNTED void bench_cold(void);
COUNTED void bench_kept(void);
COUNTED void bench_resumed(void);

static CURL *curl;
static char url[96];
static const char *ca;
static struct curl_slist *headers;
static char body[4096];
static size_t body_len;

static size_t keep(char *data, size_t size, size_t count, void *ctx)
{
    (void)ctx;
    size_t len = size * count < sizeof body - body_len ? size * count : sizeof body - body_len;
    memcpy(body + body_len, data, len);
    body_len += len;
    return size * count;
}

static void ask(void)
{
    long status = 0;
    body_len = 0;
    CURLcode result = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (result != CURLE_OK || status != 200 || body_len == 0) {
        fprintf(stderr, "libcurl: %s\n", curl_easy_strerror(result));
        exit(1);
    }
}

void bench_cold(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    curl = curl_easy_init();
    headers = curl_slist_append(NULL, "X-Api-Key: key");
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_CAINFO, ca);
    curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep);
    ask();
}

void bench_kept(void)
{
    ask();
}

void bench_resumed(void)
{
    ask();
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    snprintf(url, sizeof url, "https://localhost:%s/projects/p/connections/connection-123", argv[1]);
    ca = argv[2];
    bench_cold();
    bench_kept();
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
    bench_resumed();
    printf("%s\n", curl_version());
    return 0;
}
