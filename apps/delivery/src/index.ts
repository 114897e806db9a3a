/** NestJS: the BullMQ workers */
export {};
