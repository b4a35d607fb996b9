// What other features ask of the catalog: the offerings an organization has, and what of them it can order.
export {
  type EnabledOffering,
  loadEnabled as enabledFor,
  loadProductsFor as productsFor,
  loadUnpricedCurrency as unpricedCurrency,
  type Product,
} from './store.ts';
