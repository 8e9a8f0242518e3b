/* SPDX-License-Identifier: Apache-2.0 */
/* The demo door: a made-up county as the files its offices would send. */
#ifndef CANBAO_DOORS_DEMO_DEMO_H
#define CANBAO_DOORS_DEMO_DEMO_H

#include "acts/demo_port.h"

extern const struct demo_port demo_county;

#endif
