import type { NewMessage } from '@postern/queue';
import type { ReportDestination } from '@postern/tls-report';
import type { CountedResult } from './session-results.ts';

/** Where results and reports are kept. */
export interface ReportStore {
  countSessions(results: readonly CountedResult[]): Promise<void>;
  /** Domains with results of days before this one of which no report was made; they are ours to report from now on. */
  takeUnreported(before: string, limit: number): Promise<readonly { readonly day: string; readonly domain: string }[]>;
  /** It could not be reported now: somebody may take it again. */
  putOff(day: string, domain: string): Promise<void>;
  resultsOf(day: string, domain: string): Promise<readonly CountedResult[]>;
  /** Keeps reports that are to be sent, each from its time on. */
  addReports(reports: readonly NewReport[]): Promise<void>;
  /** Reports whose time has come, at most `limit`; nobody else gets them before `againAt`. */
  takeDue(now: Date, againAt: Date, limit: number): Promise<readonly DueReport[]>;
  /** The report is on its way: with the message, in one transaction, where it goes by mail. */
  sent(id: string, message: NewMessage | undefined): Promise<void>;
  failed(id: string, because: string, retryAt: Date | undefined): Promise<void>;
  /** Forgets results and reports of days before this one. */
  forget(before: string): Promise<void>;
}

export interface NewReport {
  readonly id: string;
  readonly day: string;
  readonly domain: string;
  readonly reportId: string;
  readonly fileName: string;
  readonly destination: ReportDestination;
  readonly dueAt: Date;
  readonly gzip: Buffer;
}

export interface DueReport extends Omit<NewReport, 'dueAt'> {
  readonly tries: number;
  readonly madeAt: Date;
}

/** Posts a report to an https: destination. Never rejects; undefined when it was taken. */
export type PostReport = (url: string, gzip: Buffer) => Promise<string | undefined>;
