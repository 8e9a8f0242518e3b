// SPDX-License-Identifier: Apache-2.0
import { ink2, line } from '../theme';

export const axisLook = {
	axisLine: { lineStyle: { color: '#8b9490' } },
	axisTick: { show: false },
	axisLabel: { color: ink2, fontSize: 12 },
	splitLine: { lineStyle: { color: line } },
};
