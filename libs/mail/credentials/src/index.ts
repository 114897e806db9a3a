/** who may submit, and as whom */
export {};
