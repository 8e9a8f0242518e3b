// SPDX-License-Identifier: Apache-2.0
// Charts: only the parts of echarts that are used, fetched only by pages that draw.
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ComposeOption, type ECharts } from 'echarts/core';
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { series } from '../theme';

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption>;

interface Props {
	option: ChartOption;
	height: number | string;
	/** What it shows, in a sentence: for who cannot see it.  The figures are in the table beside it. */
	label: string;
	onPick?: (index: number) => void;
}

export default function Chart({ option, height, label, onPick }: Props) {
	const box = useRef<HTMLDivElement>(null);
	const chart = useRef<ECharts | null>(null);
	const pick = useRef(onPick);
	pick.current = onPick;
	useEffect(() => {
		const element = box.current!;
		const made = init(element, undefined, { renderer: 'canvas' });
		chart.current = made;
		made.on('click', (e) => pick.current?.(e.dataIndex));
		const watch = new ResizeObserver(() => made.resize());
		watch.observe(element);
		return () => {
			watch.disconnect();
			made.dispose();
			chart.current = null;
		};
	}, []);
	useEffect(() => {
		chart.current?.setOption({ color: series, animation: false, textStyle: { fontFamily: 'inherit' }, ...option }, { notMerge: true });
	}, [option]);
	return <div ref={box} role="img" aria-label={label} style={{ height, width: '100%' }} />;
}
