// What becomes of text that names the template schema.
#include "compiler/history/tenant_state.h"

#include <gtest/gtest.h>

namespace schemac {
namespace {

// The text for tenant "x", or "?" where it is left open what is meant.
std::string ForX(const std::string& text, const std::string& name = "shop") {
  const ErrorOr<std::string> moved = TextForAnyTenant(text, name);
  if (!moved) return "?";
  std::string filled = *moved;
  const std::string open = "\"" + std::string(kAnyTenant) + "\"";
  for (std::size_t at = filled.find(open); at != std::string::npos; at = filled.find(open, at))
    filled.replace(at, open.size(), "x");
  return filled;
}

TEST(TenantState, TheSchemaIsReplacedWhereItIsOne) {
  EXPECT_EQ(ForX("UPDATE shop.orders SET a = shop.f(b)"), "UPDATE x.orders SET a = x.f(b)");
  EXPECT_EQ(ForX("UPDATE \"shop\" . orders SET a = 1"), "UPDATE x . orders SET a = 1");
  EXPECT_EQ(ForX("UPDATE SHOP.orders SET a = 1"), "UPDATE x.orders SET a = 1");
  EXPECT_EQ(ForX("GRANT USAGE ON SCHEMA shop TO app"), "GRANT USAGE ON SCHEMA x TO app");
  EXPECT_EQ(ForX("SET search_path TO shop, public"), "SET search_path TO x, public");
  EXPECT_EQ(ForX("SET search_path = public, shop"), "SET search_path = public, x");
}

TEST(TenantState, OtherThingsOfTheNameStay) {
  EXPECT_EQ(ForX("SELECT a.shop, shops.b FROM shops a"), "SELECT a.shop, shops.b FROM shops a");
  EXPECT_EQ(ForX("SELECT 'workshop.x', 'a shop'"), "SELECT 'workshop.x', 'a shop'");
  EXPECT_EQ(ForX("SELECT 1 -- shop.orders"), "SELECT 1 -- shop.orders");
  EXPECT_EQ(ForX("SELECT a.shop.b FROM t a"), "SELECT a.shop.b FROM t a");
}

TEST(TenantState, BodiesAreTextToo) {
  EXPECT_EQ(ForX("CREATE FUNCTION f() AS $b$ select shop.g() $b$"),
            "CREATE FUNCTION f() AS $b$ select x.g() $b$");
  EXPECT_EQ(ForX("DO $$ begin execute 'drop table shop.t'; end $$"), "?");
}

TEST(TenantState, DoubtIsToldRatherThanSettled) {
  EXPECT_EQ(ForX("SELECT 'shop.orders'::regclass"), "?");
  EXPECT_EQ(ForX("SELECT format('%I.t', 'shop')"), "?");
  EXPECT_EQ(ForX("SELECT shop.id FROM orders AS shop"), "?");
}

}  // namespace
}  // namespace schemac
