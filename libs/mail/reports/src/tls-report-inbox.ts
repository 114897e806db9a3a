import type { TlsReport } from '@postern/tls-report';

/** What mail that brings TLS reports needs of the store. */
export interface TlsReportInbox {
  /**
   * Keeps a report that somebody sent about domains of ours, once. `known`: it is there already. `foreign`: it is about a domain
   * that is no sending domain and below none. `full`: of today's no more are kept.
   */
  keepMailedReport(report: TlsReport, signedBy: string): Promise<'kept' | 'known' | 'foreign' | 'full'>;
}

/** Anybody with a domain may send reports; what is kept of a day is bounded. */
export const MAX_MAILED_REPORTS_A_DAY = 1_000;
