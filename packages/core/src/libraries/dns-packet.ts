export { decode } from 'dns-packet';
