/** the alarm clock: lanes as BullMQ jobs */
export {};
