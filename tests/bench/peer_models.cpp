// The generated databases as other tools' models say them.
#include <fmt/format.h>

#include "tests/bench/shape.h"

namespace schemac::bench {

namespace {

std::string SqlAlchemyTable(const TableShape& table) {
  const std::string name = TableName(table.number);
  return fmt::format(
             "Table('{0}', metadata,\n"
             "  Column('id', BigInteger, primary_key=True, autoincrement=False),\n"
             "  Column('code', String({1}), nullable=False),\n"
             "  Column('name', Text, nullable=False),\n"
             "  Column('status', {2}, nullable=False, server_default='new'),\n"
             "  Column('amount', Numeric(12, 2), nullable=False, server_default=text('0')),\n"
             "  Column('quantity', Integer, nullable=False, server_default=text('{3}')),\n"
             "  Column('ratio', Float(53)),\n"
             "  Column('is_active', Boolean, nullable=False, server_default=text('true')),\n"
             "  Column('payload', JSONB, nullable=False, server_default=text(\"'{{}}'\")),\n"
             "  Column('note', Text), Column('starts_on', Date),\n"
             "  Column('created_at', DateTime(timezone=True), nullable=False, "
             "server_default=text('now()')),\n"
             "  Column('updated_at', DateTime(timezone=True), nullable=False, "
             "server_default=text('now()')),\n",
             name, table.code_length, EnumName(table.status), table.quantity_default) +
         fmt::format(
             "  Column('owner_id', BigInteger, ForeignKey('{1}.id', ondelete='CASCADE')),\n"
             "  Column('parent_id', BigInteger, ForeignKey('{0}.id')),\n{2}"
             "  CheckConstraint('quantity > {3}', name='{0}_quantity_check'),\n"
             "  CheckConstraint('amount >= 0 and amount < 1000000', name='{0}_amount_check'),\n"
             "  Index('{0}_code', 'code'), Index('{0}_owner', 'owner_id', 'created_at'{4}),\n"
             "  Index('{0}_status', 'status', postgresql_where=text('is_active')))\n",
             name, TableName(table.owner), table.has_region ? "  Column('region', Text),\n" : "",
             table.least_quantity, table.wide_index ? ", 'status'" : "");
}

std::string DjangoTable(const TableShape& table) {
  const std::string name = TableName(table.number);
  return fmt::format(
             "class {0}(models.Model):\n"
             "  id = models.BigIntegerField(primary_key=True)\n"
             "  code = models.CharField(max_length={1})\n"
             "  name = models.TextField()\n"
             "  status = models.CharField(max_length=10, choices={2}, default='new')\n"
             "  amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)\n"
             "  quantity = models.IntegerField(default={3})\n"
             "  ratio = models.FloatField(null=True)\n"
             "  is_active = models.BooleanField(default=True)\n"
             "  payload = models.JSONField(default=dict)\n"
             "  note = models.TextField(null=True)\n"
             "  starts_on = models.DateField(null=True)\n"
             "  created_at = models.DateTimeField(auto_now_add=True)\n"
             "  updated_at = models.DateTimeField(auto_now=True)\n",
             name, table.code_length, EnumName(table.status), table.quantity_default) +
         fmt::format(
             "  owner = models.ForeignKey('{1}', null=True, on_delete=models.CASCADE, related_name='+',"
             " db_index=False)\n"
             "  parent = models.ForeignKey('self', null=True, on_delete=models.DO_NOTHING, related_name='+',"
             " db_index=False)\n{2}"
             "  class Meta:\n"
             "    db_table = '{0}'\n"
             "    constraints = [\n"
             "      models.CheckConstraint(check=models.Q(quantity__gt={3}), name='{0}_quantity_check'),\n"
             "      models.CheckConstraint(check=models.Q(amount__gte=0, amount__lt=1000000),"
             " name='{0}_amount_check')]\n"
             "    indexes = [\n"
             "      models.Index(fields=['code'], name='{0}_code'),\n"
             "      models.Index(fields=['owner', 'created_at'{4}], name='{0}_owner'),\n"
             "      models.Index(fields=['status'], name='{0}_status', "
             "condition=models.Q(is_active=True))]\n",
             name, TableName(table.owner), table.has_region ? "  region = models.TextField(null=True)\n" : "",
             table.least_quantity, table.wide_index ? ", 'status'" : "");
}

std::string DrizzleTable(const TableShape& table) {
  const std::string name = TableName(table.number);
  return fmt::format(
             "export const {0}: any = pgTable('{0}', {{\n"
             "  id: bigint('id', {{ mode: 'number' }}).primaryKey(),\n"
             "  code: varchar('code', {{ length: {1} }}).notNull(),\n"
             "  name: text('name').notNull(),\n"
             "  status: {2}('status').notNull().default('new'),\n"
             "  amount: numeric('amount', {{ precision: 12, scale: 2 }}).notNull().default('0'),\n"
             "  quantity: integer('quantity').notNull().default({3}),\n"
             "  ratio: doublePrecision('ratio'),\n"
             "  isActive: boolean('is_active').notNull().default(true),\n"
             "  payload: jsonb('payload').notNull().default({{}}),\n"
             "  note: text('note'), startsOn: date('starts_on'),\n"
             "  createdAt: timestamp('created_at', {{ withTimezone: true }}).notNull().defaultNow(),\n"
             "  updatedAt: timestamp('updated_at', {{ withTimezone: true }}).notNull().defaultNow(),\n",
             name, table.code_length, EnumName(table.status), table.quantity_default) +
         fmt::format(
             "  ownerId: bigint('owner_id', {{ mode: 'number' }}).references(() => {1}.id,"
             " {{ onDelete: 'cascade' }}),\n"
             "  parentId: bigint('parent_id', {{ mode: 'number' }}).references(() => {0}.id),\n{2}"
             "}}, (t: any) => [\n"
             "  check('{0}_quantity_check', sql`quantity > {3}`),\n"
             "  check('{0}_amount_check', sql`amount >= 0 and amount < 1000000`),\n"
             "  index('{0}_code').on(t.code), index('{0}_owner').on(t.ownerId, t.createdAt{4}),\n"
             "  index('{0}_status').on(t.status).where(sql`is_active`)]);\n",
             name, TableName(table.owner), table.has_region ? "  region: text('region'),\n" : "",
             table.least_quantity, table.wide_index ? ", t.status" : "");
}

}  // namespace

std::string SqlAlchemyOf(const Shape& shape) {
  std::string text =
      "from sqlalchemy import *\nfrom sqlalchemy.dialects.postgresql import JSONB, ENUM\n"
      "metadata = MetaData()\n";
  for (const EnumShape& type : shape.enums) {
    text += fmt::format("{0} = ENUM({1}, name='{0}', metadata=metadata)\n", EnumName(type.number),
                        JoinLabels(type, "'"));
  }
  for (const TableShape& table : shape.tables) text += SqlAlchemyTable(table);
  return text;
}

std::string DjangoOf(const Shape& shape) {
  std::string text = "from django.db import models\n";
  for (const EnumShape& type : shape.enums) {
    text += fmt::format("{} = [(it, it) for it in ({})]\n", EnumName(type.number), JoinLabels(type, "'"));
  }
  for (const TableShape& table : shape.tables) text += DjangoTable(table);
  return text;
}

std::string DrizzleOf(const Shape& shape) {
  std::string text =
      "import { bigint, boolean, check, date, doublePrecision, index, integer, jsonb, numeric, pgEnum, "
      "pgTable,"
      " text, timestamp, varchar } from 'drizzle-orm/pg-core';\nimport { sql } from 'drizzle-orm';\n";
  for (const EnumShape& type : shape.enums) {
    text += fmt::format("export const {0} = pgEnum('{0}', [{1}]);\n", EnumName(type.number),
                        JoinLabels(type, "'"));
  }
  for (const TableShape& table : shape.tables) text += DrizzleTable(table);
  return text;
}

}  // namespace schemac::bench
