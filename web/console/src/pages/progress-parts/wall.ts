// SPDX-License-Identifier: Apache-2.0
// The curve of the wall: light on dark, large type.
import type { Operations } from '../../api/contract';
import type { ChartOption } from '../../components/chart';
import { count } from '../../lib/money';

type Day = Operations['progress_days']['answer']['items'][number];

export function wallCurve(days: Day[], words: { day: string; sum: string }): ChartOption {
	let sum = 0;
	const sums = days.map((d) => (sum += d.enrolled));
	const label = { color: '#b9d0cf', fontSize: 15 };
	return {
		grid: { left: 6, right: 6, top: 44, bottom: 4, containLabel: true },
		legend: { top: 4, right: 4, itemWidth: 18, itemHeight: 9, textStyle: { color: '#dbe8e7', fontSize: 15 } },
		tooltip: { trigger: 'axis', valueFormatter: (v) => count(typeof v === 'number' ? v : null) },
		xAxis: { type: 'category', data: days.map((d) => d.day), axisTick: { show: false }, axisLine: { lineStyle: { color: '#52787a' } }, axisLabel: { ...label, formatter: (d: string) => d.slice(5), hideOverlap: true } },
		yAxis: [
			{ type: 'value', axisLabel: label, splitLine: { lineStyle: { color: '#1f4a4e' } } },
			{ type: 'value', axisLabel: label, splitLine: { show: false } },
		],
		series: [
			{ name: words.day, type: 'bar', data: days.map((d) => d.enrolled), itemStyle: { color: '#4fa3a0' }, barMaxWidth: 16 },
			{ name: words.sum, type: 'line', yAxisIndex: 1, data: sums, symbol: 'none', lineStyle: { color: '#f0c35e', width: 3 }, itemStyle: { color: '#f0c35e' } },
		],
	};
}
