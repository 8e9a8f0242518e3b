// SPDX-License-Identifier: Apache-2.0
// The few fields that filters are made of: each a label around its control.
import { DatePicker, Select } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useCall } from '../api/hooks';
import { useTongue, type Pair } from '../i18n';

export function Choose({ label, value, options, onChange, width = 150, all }: { label: string; value: string | undefined; options: Array<{ value: string; label: ReactNode }>; onChange: (value: string | undefined) => void; width?: number; all?: string }) {
	const { t } = useTongue();
	return (
		<label>
			{label}
			<Select
				aria-label={label}
				value={value}
				options={options}
				onChange={(v) => onChange(v || undefined)}
				allowClear={all !== ''}
				placeholder={all === '' ? t('请选择', 'choose') : (all ?? t('全部', 'all'))}
				style={{ width }}
				showSearch={options.length > 8}
				optionFilterProp="label"
				popupMatchSelectWidth={false}
			/>
		</label>
	);
}

export function namedOptions(table: Record<string, Pair>, lang: 'zh' | 'en', only?: readonly string[]) {
	return (only ?? Object.keys(table)).map((value) => ({ value, label: table[value]?.[lang] ?? value }));
}

export function Day({ label, value, onChange, max, min }: { label: string; value: string | undefined; onChange: (day: string | undefined) => void; max?: string; min?: string }) {
	return (
		<label>
			{label}
			<DayInput value={value} onChange={onChange} max={max} min={min} label={label} />
		</label>
	);
}

/** Text "2023-12-01" in, text out; also a form's control. */
export function DayInput({ value, onChange, max, min, id, label }: { value?: string; onChange?: (day: string | undefined) => void; max?: string; min?: string; id?: string; label?: string }) {
	return (
		<DatePicker
			id={id}
			aria-label={label}
			value={value ? dayjs(value) : null}
			format="YYYY-MM-DD"
			inputReadOnly={false}
			disabledDate={(d) => {
				const day = d.format('YYYY-MM-DD');
				return Boolean((max && day > max) || (min && day < min));
			}}
			onChange={(d) => onChange?.(d ? d.format('YYYY-MM-DD') : undefined)}
			style={{ width: '100%', minWidth: 138 }}
		/>
	);
}

export function useTowns(enabled = true) {
	const divisions = useCall('divisions', { query: {} }, { enabled, staleTime: 5 * 60_000 });
	return (divisions.data?.items ?? []).filter((d) => d.level === 'town');
}

export function Town({ value, onChange, label }: { value: string | undefined; onChange: (code: string | undefined) => void; label?: string }) {
	const { t } = useTongue();
	const towns = useTowns();
	if (towns.length < 2) return null;
	return <Choose label={label ?? t('乡镇', 'Town')} value={value} onChange={onChange} options={towns.map((d) => ({ value: d.code, label: d.name }))} all={t('全部乡镇', 'all towns')} />;
}
