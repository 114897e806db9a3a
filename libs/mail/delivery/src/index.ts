/** Takes mail out: lanes, mail hosts, attempts, outcomes. */
export { AwakeLanes, type DeliveryContext } from './context.ts';
export type { LaneSlot } from './lane-slot.ts';
export { runLane } from './lane.ts';
export { explainDelivery, type ExplainContext } from './explain.ts';
export type { DeliveryLog } from './log.ts';
export { type ChannelPolicies, NO_POLICIES } from './policies.ts';
export { OutcomeRecorder } from './outcome-recorder.ts';
export { NO_SOURCES, type Sources } from './leaving.ts';
export { DueWatch } from './due-watch.ts';
export { PaceBook } from './pace-book.ts';
export type { FoundRoute, Route, Routes, Upstream } from './route.ts';
export type { Schedules } from './schedules.ts';
export { DEFAULT_DELIVERY_SETTINGS, type DeliverySettings } from './settings.ts';
export { keepSweeping, sweep, type Swept } from './sweep.ts';
export { workArrived } from './work-arrived.ts';
export { WorkSignal } from './work-signal.ts';
