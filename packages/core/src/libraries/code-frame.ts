export { codeFrameColumns } from '@babel/code-frame';
