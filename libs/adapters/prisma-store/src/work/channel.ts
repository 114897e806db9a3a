/** The channel of nudges, whose payload is ids of delivery queues. */
export const WORK_CHANNEL = 'postern_work';
