// SPDX-License-Identifier: Apache-2.0
// 核定 assess everybody as of a day.
import { Button, Form, Popconfirm } from 'antd';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { call } from '../api/client';
import { useSeason } from '../api/hooks';
import { DayInput } from '../components/fields';
import { useFieldErrors } from '../components/form';
import { JobView } from '../components/job-view';
import { Page, Sheet } from '../components/page';
import { ProblemView } from '../components/problem-view';
import { useTongue } from '../i18n';
import { KeyRing } from '../lib/keys';

const NAMES = ['on'] as const;

export default function Assess() {
	const { t } = useTongue();
	const season = useSeason().data;
	const [params, setParams] = useSearchParams();
	const keys = useRef(new KeyRing());
	const [form] = Form.useForm<{ on: string }>();
	const place = useFieldErrors(form, NAMES);
	const [error, setError] = useState<unknown>(null);
	const [busy, setBusy] = useState(false);
	const text = params.get('job');
	const job = text && /^[1-9][0-9]{0,14}$/.test(text) ? Number(text) : null;
	const send = async () => {
		const { on } = await form.validateFields();
		setBusy(true);
		setError(null);
		try {
			const body = { on };
			const begun = await call('assess_ask', { body, key: keys.current.keyFor(body) });
			keys.current.done();
			setParams({ job: String(begun.id) });
		} catch (e) {
			setError(e);
			place(e);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Page title={t('核定', 'Assessment')} lead={t('按政策包给全县每个人算出：能不能参保、该缴多少、由谁出。', 'By the policy pack, for everybody in the county: may they enrol, how much, and who pays.')}>
			<div className="cols two">
				<Sheet title={t('核定全县', 'Assess the county')}>
					{season && (
						<Form form={form} layout="vertical" requiredMark={false} initialValues={{ on: season.today }} style={{ maxWidth: 420 }}>
							<ProblemView error={error} without={NAMES} />
							<Form.Item name="on" label={t('按哪一天缴费核定', 'As if paid on')} extra={t(`不早于集中缴费首日 ${season.pay_from}`, `Not before the collection begins, ${season.pay_from}`)} rules={[{ required: true, message: t('请选日期', 'Choose a day') }]}>
								<DayInput min={season.pay_from} />
							</Form.Item>
							<Popconfirm title={t('开始核定全县？', 'Assess the whole county?')} description={t('已参保的人不动；没缴的应缴单按新结果更新。', 'Who is enrolled is left alone; open bills follow the new result.')} okText={t('开始', 'Begin')} cancelText={t('再想想', 'Not yet')} onConfirm={() => void send()}>
								<Button type="primary" loading={busy}>
									{t('开始核定', 'Begin')}
								</Button>
							</Popconfirm>
						</Form>
					)}
				</Sheet>
				{job ? (
					<Sheet title={t('进度和结果', 'Progress and result')}>
						<JobView id={job} />
					</Sheet>
				) : (
					<Sheet title={t('什么时候要核定', 'When to assess')}>
						<ul className="dots">
							<li>{t('集中缴费开始前，名册和各部门名单都导入以后。', 'Before collection begins, once the register and all lists are in.')}</li>
							<li>{t('又导入了新名单，或更正了资料以后：应缴单会随之更新。', 'After new lists or corrections: open bills follow.')}</li>
							<li>{t('同一天可以多次核定，结果不会重复。', 'It may run several times a day; nothing is doubled.')}</li>
						</ul>
					</Sheet>
				)}
			</div>
		</Page>
	);
}
