// SPDX-License-Identifier: Apache-2.0
// What the charts of progress draw.
import type { Operations, Report } from '../../api/contract';
import type { ChartOption } from '../../components/chart';
import { axisLook } from '../../components/chart-look';
import { count, rate } from '../../lib/money';
import { numberAt } from '../../components/report-table';
import { ink2, teal } from '../../theme';

type Day = Operations['progress_days']['answer']['items'][number];

/** Places as bars, the first row on top. */
export function barsOption(report: Report, naming: number, value: number, label: string): ChartOption {
	return {
		grid: { left: 8, right: 64, top: 6, bottom: 6, containLabel: true },
		tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: (v) => rate(typeof v === 'number' ? v : null) },
		xAxis: { type: 'value', max: (v: { max: number }) => Math.max(10000, v.max), ...axisLook, axisLabel: { show: false }, splitLine: { show: false } },
		yAxis: { type: 'category', inverse: true, data: report.rows.map((r) => String(r[naming] ?? '')), ...axisLook, axisLine: { show: false } },
		series: [
			{
				name: label,
				type: 'bar',
				barMaxWidth: 16,
				data: report.rows.map((r) => numberAt(r, value)),
				itemStyle: { color: teal },
				showBackground: true,
				backgroundStyle: { color: '#efeee7' },
				label: { show: true, position: 'right', color: ink2, formatter: (p) => rate(typeof p.value === 'number' ? p.value : null) },
			},
		],
	};
}

export function curveOption(days: Day[], words: { counter: string; online: string; funded: string; sum: string }): ChartOption {
	let sum = 0;
	const sums = days.map((d) => (sum += d.enrolled));
	return {
		grid: { left: 8, right: 8, top: 40, bottom: 4, containLabel: true },
		legend: { top: 4, left: 4, itemWidth: 14, itemHeight: 8, textStyle: { color: ink2 } },
		tooltip: { trigger: 'axis', valueFormatter: (v) => count(typeof v === 'number' ? v : null) },
		xAxis: { type: 'category', data: days.map((d) => d.day), ...axisLook, axisLabel: { ...axisLook.axisLabel, formatter: (day: string) => day.slice(5) } },
		yAxis: [
			{ type: 'value', ...axisLook, axisLine: { show: false } },
			{ type: 'value', ...axisLook, axisLine: { show: false }, splitLine: { show: false } },
		],
		series: [
			{ name: words.online, type: 'bar', stack: 'day', data: days.map((d) => d.online), itemStyle: { color: '#0d5c63' }, barMaxWidth: 14 },
			{ name: words.counter, type: 'bar', stack: 'day', data: days.map((d) => Math.max(0, d.enrolled - d.online - d.funded)), itemStyle: { color: '#c9a256' }, barMaxWidth: 14 },
			{ name: words.funded, type: 'bar', stack: 'day', data: days.map((d) => d.funded), itemStyle: { color: '#7b8f4b' }, barMaxWidth: 14 },
			{ name: words.sum, type: 'line', yAxisIndex: 1, data: sums, symbol: 'none', lineStyle: { color: '#a8321f', width: 2 }, itemStyle: { color: '#a8321f' } },
		],
	};
}
