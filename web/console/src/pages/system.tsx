// SPDX-License-Identifier: Apache-2.0
// 运行状况 how the system runs.
import { useCall } from '../api/hooks';
import { Mark, Page, Read, Sheet } from '../components/page';
import { useTongue } from '../i18n';
import { moment } from '../lib/day';
import { useRenewal } from '../lib/idle';
import { count } from '../lib/money';

export default function System() {
	const { t } = useTongue();
	const system = useCall('system_read', {}, { refetchInterval: useRenewal(15_000) });
	return (
		<Page title={t('运行状况', 'System')} lead={t('每 15 秒更新。更细的指标在本机的 /metrics。', 'New every 15 seconds. More figures at /metrics on the machine itself.')}>
			<div style={{ maxWidth: 560 }}>
				<Sheet>
					<Read query={system}>
						{(s) => (
							<dl className="facts">
								<dt>{t('版本', 'Version')}</dt>
								<dd className="mono">{s.version}</dd>
								<dt>{t('启动时间', 'Up since')}</dt>
								<dd className="num">{moment(s.started_at)}</dd>
								<dt>{t('数据库', 'Database')}</dt>
								<dd>
									{s.engine === 'sqlite' ? 'SQLite' : 'PostgreSQL'} {t(`，结构第 ${s.schema} 版`, `, schema ${s.schema}`)}
								</dd>
								<dt>{t('县区', 'County')}</dt>
								<dd className="mono">{s.county}</dd>
								<dt>{t('政策包', 'Packs')}</dt>
								<dd className="num">{count(s.policies)}</dd>
								<dt>{t('工作线程', 'Workers')}</dt>
								<dd className="num">{count(s.workers)}</dd>
								<dt>{t('排队请求', 'Queue')}</dt>
								<dd className="num">
									{count(s.queue)} {s.queue > s.workers * 4 && <Mark tone="wait">{t('偏多', 'long')}</Mark>}
								</dd>
								<dt>{t('数据库重试', 'Retries')}</dt>
								<dd className="num">{count(s.retries)}</dd>
								<dt>{t('数据', 'Data')}</dt>
								<dd>{s.demo ? <Mark tone="wait">{t('演示数据', 'demonstration')}</Mark> : t('正式', 'real')}</dd>
							</dl>
						)}
					</Read>
				</Sheet>
			</div>
		</Page>
	);
}
