import type { Operation, OperationCount, OperationKind } from '@postern/admin-contract';
import type { QueueId } from '@postern/queue';
import type { MessageCondition } from '../message/message-query.ts';
import type { OrderedSlice } from './admin-store.ts';

/** Operations, read. */
export interface OperationReads {
  /** How many recipients, of how many messages, are in a state for the operation and meet every condition. */
  countOperation(operation: {
    readonly kind: OperationKind;
    readonly conditions: readonly MessageCondition[];
  }): Promise<OperationCount>;

  /** Operations by id, which is the order in which they were asked for. */
  listOperations(query: OperationQuery): Promise<readonly Operation[]>;

  showOperation(id: string): Promise<Operation | undefined>;

  /**
   * Does the next batch of an operation that has not ended, of the one given or of any that nobody is at just now; answers
   * the queues in which something is due because of it, or undefined when there was nothing to do. A batch and how far the
   * operation has come are one transaction, so it goes on where it was, whoever was killed.
   */
  workOnOperations(id?: string): Promise<{ readonly queues: readonly QueueId[] } | undefined>;
}

export interface OperationQuery extends OrderedSlice<string> {
  readonly kind: OperationKind | undefined;
  readonly state: Operation['state'] | undefined;
}

/** Operations, commanded. */
export interface OperationChanges {
  addOperation(operation: OperationToAdd): Promise<Operation>;

  /** Asks for an operation to end. Undefined: it has ended. */
  cancelOperation(id: string, by: string): Promise<Operation | undefined>;
}

export interface OperationToAdd extends Pick<Operation, 'kind' | 'query' | 'by' | 'expected'> {
  readonly reason: string | undefined;
  readonly target: { readonly queueId: QueueId; readonly name: string | undefined } | undefined;
}
