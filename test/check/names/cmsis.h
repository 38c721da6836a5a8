/* SPDX-License-Identifier: MIT */
/* Short names of CMSIS and of vendors' device headers and drivers (core_cm*.h, stm32f4xx.h and its HAL):
 * macros for registers and peripherals, names for states.
 *
 * CMSIS 5 and STM32CubeF4. There a peripheral is a pointer to its registers; here it is a number. This file
 * has only some of the peripherals. */
#ifndef NAMES_CMSIS_H
#define NAMES_CMSIS_H

#define __I volatile const
#define __O volatile
#define __IO volatile
#define __IM volatile const
#define __OM volatile
#define __IOM volatile
#define __CM4_REV 0x0001U
#define SCB 1
#define NVIC 2
#define ITM 3
#define DWT 4
#define MPU 5
#define FPU 6
#define SysTick 7
#define RNG 8
#define RTC 9
#define PWR 10
#define RCC 11
#define FLASH 12
#define CRC 13
#define ETH 14
#define HASH 15
#define CRYP 16
#define SPI1 17
#define I2C1 18
#define UART4 19
#define USART1 20
#define TIM1 21
#define DMA1 22
#define GPIOA 23
#define ADC1 24
#define CAN1 25
#define DBGMCU 26
#define SET_BIT(REG, BIT) ((REG) |= (BIT))
#define CLEAR_BIT(REG, BIT) ((REG) &= ~(BIT))
#define READ_BIT(REG, BIT) ((REG) & (BIT))
#define CLEAR_REG(REG) ((REG) = (0x0))
#define WRITE_REG(REG, VAL) ((REG) = (VAL))
#define READ_REG(REG) ((REG))
#define UNUSED(X) (void)X

typedef enum { RESET = 0U, SET = !RESET } FlagStatus, ITStatus;
typedef enum { DISABLE = 0U, ENABLE = !DISABLE } FunctionalState;
typedef enum { SUCCESS = 0U, ERROR = !SUCCESS } ErrorStatus;
typedef enum { HAL_OK, HAL_ERROR, HAL_BUSY, HAL_TIMEOUT } HAL_StatusTypeDef;
typedef enum { HAL_UNLOCKED, HAL_LOCKED } HAL_LockTypeDef;

#endif
