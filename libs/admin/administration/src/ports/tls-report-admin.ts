import type { TlsReportReceived, TlsReportSent, TlsResult } from '@postern/admin-contract';
import type { TlsReport } from '@postern/tls-report';
import type { Slice } from './admin-store.ts';

/** Results of TLS and reports about it, read. */
export interface TlsReportReads {
  listTlsResults(since: Date, domain: string | undefined): Promise<readonly TlsResult[]>;
  /** The latest day first, those of a day by id. */
  listTlsReportsSent(
    slice: Slice<Pick<TlsReportSent, 'day' | 'id'>>,
    domain: string | undefined,
  ): Promise<readonly TlsReportSent[]>;
  /** The latest first, by when what they tell of began. */
  listTlsReportsReceived(
    slice: Slice<Pick<TlsReportReceived, 'startAt' | 'id'>>,
  ): Promise<readonly TlsReportReceived[]>;
}

export interface TlsReportChanges {
  /** Undefined: it is there already. */
  addTlsReport(report: TlsReport): Promise<TlsReportReceived | undefined>;
}
