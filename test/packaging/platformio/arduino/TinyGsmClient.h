/* Compared with TinyGSM 0.12.0: the functions that the sketch calls, with their defaults. There the classes
 * are templates that TINY_GSM_MODEM_... selects. */
#pragma once
#include "Client.h"
#if !defined(TINY_GSM_MODEM_SIM7600)
#error "Please define GSM modem model"
#endif
class TinyGsm
{
  public:
    explicit TinyGsm(Stream &stream);
    bool init(const char *pin = nullptr);
    bool waitForNetwork(uint32_t timeout_ms = 60000L, bool check_signal = false);
    bool gprsConnect(const char *apn, const char *user = nullptr, const char *password = nullptr);
    bool isGprsConnected();
    bool getNetworkUTCTime(int *year, int *month, int *day, int *hour, int *minute, int *second,
                           float *timezone);
};
class TinyGsmClient : public Client
{
  public:
    explicit TinyGsmClient(TinyGsm &modem, uint8_t mux = 0);
    int connect(const char *host, uint16_t port, int timeout_s);
    int connect(const char *host, uint16_t port) override;
    int connect(IPAddress ip, uint16_t port) override;
    size_t write(uint8_t byte) override;
    size_t write(const uint8_t *data, size_t size) override;
    int available() override;
    int read() override;
    int read(uint8_t *data, size_t size) override;
    int peek() override;
    void flush() override;
    void stop() override;
    uint8_t connected() override;
    operator bool() override;
};
