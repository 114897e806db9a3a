/** messages, recipients, their states, the retry schedule, the ports of the store and the alarm clock */
export {};
