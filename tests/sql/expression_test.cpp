// Texts, references and errors of expressions and queries.
#include "compiler/sql/expression.h"

#include <string>

#include <gtest/gtest.h>

#include "compiler/sql/parse_tree.h"
#include "schema/expression.h"

namespace schemac::sql {
namespace {

using schema::ObjectKind;

class ExpressionTest : public ::testing::Test {
 protected:
  ExpressionTest() : catalog_(schema::Catalog::Empty()) {
    schema::Schema app;
    app.name = "app";
    catalog_.Put(app);
    schema::Enum status;
    status.name = {"app", "status"};
    status.labels = {"new"};
    catalog_.Put(status);
    scope_.catalog = &catalog_;
    scope_.search_path = {"app", "public"};
    schema::Table table;
    table.name = {"app", "Odd \"t"};
    table.columns.push_back(Column("id", "integer"));
    table.columns.push_back(Column("select", "text"));
    table.columns.push_back(Column("s", "status"));
    catalog_.Put(table);
    schema::Function function;
    function.name = {"app", "f"};
    function.identity_arguments = "integer";
    function.returns = "boolean";
    function.language = "sql";
    catalog_.Put(function);
    schema::Sequence sequence;
    sequence.name = {"app", "seq"};
    catalog_.Put(sequence);
    scope_.table = catalog_.FindTable({"app", "Odd \"t"});
  }

  schema::Column Column(std::string name, std::string_view type) {
    schema::Column column;
    column.name = std::move(name);
    column.type = *ParseType(type, scope_);
    return column;
  }

  static std::string Spelled(const schema::Expression& expression, std::size_t index) {
    const schema::Reference& reference = expression.references.at(index);
    return expression.text.substr(reference.begin, reference.end - reference.begin);
  }

  schema::Catalog catalog_;
  Scope scope_;
};

TEST_F(ExpressionTest, QualifiesWhatIsNotInPublic) {
  const auto expression = ParseExpression("( /* why */ f(id) and s = 'new'::status )", scope_);
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->text, "app.f(id) and s = 'new'::app.status");
  for (std::size_t i = 0; i < expression->references.size(); ++i) {
    const schema::Reference& reference = expression->references[i];
    if (!reference.IsSpelled()) continue;
    const std::string wanted = reference.target.kind == ObjectKind::Column     ? reference.target.member
                               : reference.target.kind == ObjectKind::Function ? "app.f"
                               : schema::IsLabel(reference.target)             ? "'new'"
                                                                               : "app.status";
    EXPECT_EQ(Spelled(*expression, i), wanted);
  }
}

TEST_F(ExpressionTest, HostileNames) {
  const auto expression = ParseExpression(R"("Odd ""t"."select" <> 'select' -- "select")", scope_);
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->text.substr(0, 26), R"(app."Odd ""t"."select" <> )");
  schema::Expression renamed = *expression;
  schema::RenameInExpression(renamed, {ObjectKind::Column, "app", "Odd \"t", "select"},
                             {ObjectKind::Column, "app", "Odd \"t", "from"});
  EXPECT_EQ(renamed.text.substr(0, 34), R"(app."Odd ""t"."from" <> 'select')" + renamed.text.substr(32, 2));
}

TEST_F(ExpressionTest, SequencesInLiterals) {
  const auto expression = ParseExpression("nextval('seq'::regclass)", scope_);
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->text, "nextval('app.seq'::regclass)");
  ASSERT_EQ(expression->references.size(), 1U);
  EXPECT_EQ(Spelled(*expression, 0), "app.seq");
  EXPECT_EQ(expression->references[0].target.kind, ObjectKind::Sequence);
}

TEST_F(ExpressionTest, Errors) {
  const auto unknown = ParseExpression("id > 0 and idd < 5", scope_);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, DiagnosticKind::UnknownColumn);
  EXPECT_EQ(unknown.error().offset, 11U);
  EXPECT_EQ(unknown.error().length, 3U);
  EXPECT_EQ(unknown.error().fix, "write id");
  for (const char* text :
       {"", "  ", "-- x", "id >", "(id", "id)", "id, id", "id; drop table x", "select 1",
        "id) from x where (true", "id from x", "'abc", "\"abc", "/* abc", "$$abc", "id id", "1 as x", "*"}) {
    const auto wrong = ParseExpression(text, scope_);
    EXPECT_FALSE(wrong) << text;
    if (!wrong && wrong.error().offset) {
      EXPECT_LE(*wrong.error().offset, std::string_view(text).size()) << text;
    }
  }
  EXPECT_FALSE(ParseExpression(std::string_view("id\0 > 1", 7), scope_));
  EXPECT_FALSE(ParseExpression("id > '\xff'", scope_));
}

TEST_F(ExpressionTest, DepthAndWidth) {
  const std::string deep = std::string(100000, '(') + "1" + std::string(100000, ')');
  EXPECT_FALSE(ParseExpression(deep, scope_));
  std::string wide = "id";
  for (int i = 0; i < 100000; ++i) wide += " + 1";
  EXPECT_FALSE(ParseExpression(wide, scope_));
  std::string fair = "id";
  for (int i = 0; i < 3000; ++i) fair += " + 1";
  EXPECT_TRUE(ParseExpression(fair, scope_));
  const std::string levels = std::string(2000, '(') + "id" + std::string(2000, ')');
  const auto expression = ParseExpression(levels, scope_);
  ASSERT_TRUE(expression) << expression.error().message;
  EXPECT_EQ(expression->text, "id");
  std::string nested = "id";
  for (int i = 0; i < 40; ++i) nested = "((" + nested + ") between symmetric 1 and 2)::int";
  EXPECT_FALSE(ParseExpression(nested, scope_));  // Four times the work at each level.
}

TEST_F(ExpressionTest, Queries) {
  std::vector<std::string> columns;
  const auto star = ParseQuery(R"(select * from "Odd ""t" where id > 1;)", scope_, &columns);
  ASSERT_TRUE(star) << star.error().message;
  EXPECT_EQ(columns, (std::vector<std::string>{"id", "select", "s"}));
  EXPECT_EQ(star->text, R"(select id, "select", s from app."Odd ""t" where id > 1)");
  // A keyword may stand behind a dot, and not alone.
  EXPECT_EQ(ParseQuery("select public.from()", scope_, nullptr)->text, R"(select "from"())");
  // Nothing is left where a comment stood at the end.
  EXPECT_EQ(ParseQuery("select 1 -- (one", scope_, nullptr)->text, "select 1");
  EXPECT_EQ(ParseQuery("select 2;--select 1", scope_, nullptr)->text, "select 2");
  EXPECT_EQ(ParseQuery("select 2 /* two */;; -- ;", scope_, nullptr)->text, "select 2");
  EXPECT_FALSE(ParseQuery(";", scope_, nullptr));
  const auto spelled =
      ParseQuery(R"(SELECT x.id, x."select", x.s FROM app."Odd ""t" x WHERE (x.id > 1))", scope_, nullptr);
  ASSERT_TRUE(spelled);
  EXPECT_TRUE(*star == *spelled);
  const auto renamed = ParseQuery(
      R"(SELECT x.id AS i, x."select", x.s FROM app."Odd ""t" x WHERE (x.id > 1))", scope_, nullptr);
  ASSERT_TRUE(renamed);
  EXPECT_FALSE(*star == *renamed);
  EXPECT_FALSE(ParseQuery("select nothing from nowhere", scope_, nullptr));
  EXPECT_FALSE(ParseQuery("insert into x values (1)", scope_, nullptr));
  EXPECT_FALSE(ParseQuery("select 1; select 2", scope_, nullptr));
}

TEST_F(ExpressionTest, Types) {
  const auto format = [&](std::string_view text) {
    const auto type = ParseType(text, scope_);
    return type ? schema::FormatType(*type) : "error: " + type.error().message;
  };
  EXPECT_EQ(format("INT"), "integer");
  EXPECT_EQ(format("varchar( 40 )[]"), "character varying(40)[]");
  EXPECT_EQ(format("char"), "character(1)");
  EXPECT_EQ(format("numeric(5)"), "numeric(5,0)");
  EXPECT_EQ(format("timestamp(3) with time zone"), "timestamp(3) with time zone");
  EXPECT_EQ(format("interval day to second(3)"), "interval day to second(3)");
  EXPECT_EQ(format("float(20)"), "real");
  EXPECT_EQ(format("_int4"), "integer[]");
  EXPECT_EQ(format("status[]"), "app.status[]");
  EXPECT_EQ(format("int[3][4]"), "integer[]");
  EXPECT_TRUE(format("citext").starts_with("error: no type"));
  EXPECT_TRUE(format("int; drop table x").starts_with("error"));
  EXPECT_TRUE(format("int, 1").starts_with("error"));
  EXPECT_TRUE(format("int from x").starts_with("error"));
  EXPECT_TRUE(format("").starts_with("error"));
  schema::Extension extension;
  extension.name = "citext";
  catalog_.Put(extension);
  EXPECT_EQ(format("citext"), "citext");
  EXPECT_EQ(format("public.citext"), "citext");
}

TEST_F(ExpressionTest, StatementsTouch) {
  const auto touched =
      ReferencesOfStatements(R"(update "Odd ""t" set s = 'new' where id = 1; delete from unknown)", scope_);
  ASSERT_TRUE(touched);
  ASSERT_EQ(touched->size(), 3U);
  EXPECT_EQ((*touched)[0].name, "Odd \"t");
  EXPECT_EQ((*touched)[1].member, "id");
  EXPECT_EQ((*touched)[2].member, "s");
  EXPECT_FALSE(ReferencesOfStatements("updat x", scope_));
}

}  // namespace
}  // namespace schemac::sql
