import type { TlsReportReceived, TlsReportSent, TlsResult } from '@postern/admin-contract';
import type { TlsReport } from '@postern/tls-report';

/** Results of TLS and reports about it, read; the latest, bounded. */
export interface TlsReportReads {
  listTlsResults(since: Date, domain: string | undefined): Promise<readonly TlsResult[]>;
  listTlsReportsSent(): Promise<readonly TlsReportSent[]>;
  listTlsReportsReceived(): Promise<readonly TlsReportReceived[]>;
}

export interface TlsReportChanges {
  /** Undefined: it is there already. */
  addTlsReport(report: TlsReport): Promise<TlsReportReceived | undefined>;
}
