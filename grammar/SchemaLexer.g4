// The tokens of models and model diffs. Comments go to a hidden channel, documentation (`---`) to one of its own.
// Two tokens are only begun here, as their end is no regular language: compiler/parse/token_reader.cpp reads a dollar string up
// to its tag and a block comment up to its partner. It also enters the mode Json, where a bare JSON literal begins.
lexer grammar SchemaLexer;

channels { COMMENTS, DOCUMENTATION }

ACTION       : A C T I O N ;
ADD          : A D D ;
AFTER        : A F T E R ;
AGGREGATE    : A G G R E G A T E ;
ALLOW        : A L L O W ;
ALTER        : A L T E R ;
ALWAYS       : A L W A Y S ;
ARRAY        : A R R A Y ;
AS           : A S ;
ASC          : A S C ;
ATOMIC       : A T O M I C ;
BACKFILL     : B A C K F I L L ;
BEFORE       : B E F O R E ;
BEGIN        : B E G I N ;
BY           : B Y ;
CASCADE      : C A S C A D E ;
CASE         : C A S E ;
CHAR         : C H A R ;
CHARACTER    : C H A R A C T E R ;
CHECK        : C H E C K ;
CLUSTER      : C L U S T E R ;
COLLATE      : C O L L A T E ;
COLLATION    : C O L L A T I O N ;
COLUMN       : C O L U M N ;
COMMENT      : C O M M E N T ;
COMPRESSION  : C O M P R E S S I O N ;
CONCURRENTLY : C O N C U R R E N T L Y ;
CONSTRAINT   : C O N S T R A I N T ;
DATA         : D A T A ;
DAY          : D A Y ;
DEFAULT      : D E F A U L T ;
DEFERRABLE   : D E F E R R A B L E ;
DEFERRED     : D E F E R R E D ;
DELETE       : D E L E T E ;
DEPENDS      : D E P E N D S ;
DESC         : D E S C ;
DISABLE      : D I S A B L E ;
DISTINCT     : D I S T I N C T ;
DOMAIN       : D O M A I N ;
DOWN         : D O W N ;
DROP         : D R O P ;
ENABLE       : E N A B L E ;
END          : E N D ;
ENUM         : E N U M ;
EVENT        : E V E N T ;
EXCLUDE      : E X C L U D E ;
EXECUTE      : E X E C U T E ;
EXPRESSION   : E X P R E S S I O N ;
EXTENSION    : E X T E N S I O N ;
FIRST        : F I R S T ;
FOR          : F O R ;
FORCE        : F O R C E ;
FOREIGN      : F O R E I G N ;
FROM         : F R O M ;
FULL         : F U L L ;
FUNCTION     : F U N C T I O N ;
GENERATED    : G E N E R A T E D ;
GRANT        : G R A N T ;
HOUR         : H O U R ;
IDENTITY     : I D E N T I T Y ;
IMMEDIATE    : I M M E D I A T E ;
IN           : I N ;
INCLUDE      : I N C L U D E ;
INDEX        : I N D E X ;
INHERIT      : I N H E R I T ;
INHERITS     : I N H E R I T S ;
INITIALLY    : I N I T I A L L Y ;
INSERT       : I N S E R T ;
INSTEAD      : I N S T E A D ;
IS           : I S ;
KEY          : K E Y ;
LAST         : L A S T ;
LEVEL        : L E V E L ;
MAP          : M A P ;
MATCH        : M A T C H ;
MATERIALIZED : M A T E R I A L I Z E D ;
MESSAGE      : M E S S A G E ;
MINUTE       : M I N U T E ;
MIXIN        : M I X I N ;
MONTH        : M O N T H ;
NO           : N O ;
NOT          : N O T ;
NOTHING      : N O T H I N G ;
NULL_        : N U L L ;
NULLS        : N U L L S ;
OF           : O F ;
ON           : O N ;
ONLY         : O N L Y ;
OPERATOR     : O P E R A T O R ;
OR           : O R ;
ORDER        : O R D E R ;
PARTITION    : P A R T I T I O N ;
POLICY       : P O L I C Y ;
PRECISION    : P R E C I S I O N ;
PRIMARY      : P R I M A R Y ;
PRIVILEGES   : P R I V I L E G E S ;
PROCEDURE    : P R O C E D U R E ;
PROFILE      : P R O F I L E ;
RAW          : R A W ;
REFERENCES   : R E F E R E N C E S ;
RENAME       : R E N A M E ;
REPLACE      : R E P L A C E ;
REPLICA      : R E P L I C A ;
RESET        : R E S E T ;
RESTART      : R E S T A R T ;
RESTORE      : R E S T O R E ;
RESTRICT     : R E S T R I C T ;
REVISES      : R E V I S E S ;
REVISION     : R E V I S I O N ;
REVOKE       : R E V O K E ;
ROW          : R O W ;
RULE         : R U L E ;
SCHEMA       : S C H E M A ;
SECOND       : S E C O N D ;
SECURITY     : S E C U R I T Y ;
SEED         : S E E D ;
SELECT       : S E L E C T ;
SEQUENCE     : S E Q U E N C E ;
SET          : S E T ;
SQL          : S Q L ;
STATISTICS   : S T A T I S T I C S ;
STORAGE      : S T O R A G E ;
STORED       : S T O R E D ;
TABLE        : T A B L E ;
TABLESPACE   : T A B L E S P A C E ;
TEMPLATE     : T E M P L A T E ;
TIME         : T I M E ;
TO           : T O ;
TRIGGER      : T R I G G E R ;
TRUNCATE     : T R U N C A T E ;
TYPE         : T Y P E ;
UNIQUE       : U N I Q U E ;
UNLOGGED     : U N L O G G E D ;
UP           : U P ;
UPDATE       : U P D A T E ;
USING        : U S I N G ;
VALID        : V A L I D ;
VALUE        : V A L U E ;
VALUES       : V A L U E S ;
VARYING      : V A R Y I N G ;
VERSION      : V E R S I O N ;
VIEW         : V I E W ;
WAS          : W A S ;
WHERE        : W H E R E ;
WITH         : W I T H ;
WITHOUT      : W I T H O U T ;
YEAR         : Y E A R ;
ZONE         : Z O N E ;

LEFT_PAREN    : '(' ;
RIGHT_PAREN   : ')' ;
LEFT_BRACKET  : '[' ;
RIGHT_BRACKET : ']' ;
LEFT_BRACE    : '{' ;
RIGHT_BRACE   : '}' ;
SEMICOLON     : ';' ;
COMMA         : ',' ;
DOT           : '.' ;
CAST          : '::' ;
COLON         : ':' ;
EQUAL         : '=' ;
PLUS          : '+' ;
MINUS         : '-' ;

// The characters of operators. `-` and `/` stand alone, since two characters with them may begin a comment.
OPERATOR_CHARACTERS : [<>=~!@#%^&|`?*+]+ | '/' ;

IDENTIFIER         : Letter ( Letter | [0-9$] )* ;
QUOTED_IDENTIFIER  : '"' ( '""' | ~["\u0000] )* '"' ;
UNICODE_IDENTIFIER : U '&' '"' ( '""' | ~'"' )* '"' ;
STRING             : '\'' ( '\'\'' | ~'\'' )* '\'' ;
ESCAPE_STRING      : E '\'' ( '\'\'' | '\\' . | ~['\\] )* '\'' ;
OTHER_STRING       : ( [bBxXnN] | U '&' ) '\'' ( '\'\'' | ~'\'' )* '\'' ;  // Bits, national, Unicode escapes.
DOLLAR_STRING      : '$' ( Letter ( Letter | [0-9] )* )? '$' ;
PARAMETER          : '$' [0-9]+ ;
NUMBER             : ( [0-9]+ ( '.' [0-9]* )? | '.' [0-9]+ ) ( E [+-]? [0-9]+ )? ;
NUMBER_WORD        : [0-9] ( Letter | [0-9] )* ;  // The id of a revision: `0002_add_provisioning`.

DOCUMENTATION_LINE : '---' ( ~[\-\r\n] ~[\r\n]* )? -> channel(DOCUMENTATION) ;
LINE_COMMENT       : '--' ~[\r\n]* -> channel(COMMENTS) ;
BLOCK_COMMENT      : '/*' -> channel(COMMENTS) ;
BLANK              : [ \t\r\n\f\u000B]+ -> skip ;

// What begins and does not end, and what begins nothing.
UNTERMINATED_QUOTE
  : ( [bBxXnN] | U '&' )? '\'' ( '\'\'' | ~'\'' )*
  | ( U '&' )? '"' ( '""' | ~'"' )*
  | E '\'' ( '\'\'' | '\\' . | ~['\\] )*
  ;
UNKNOWN_CHARACTER  : . ;

fragment Letter : [A-Za-z_\u0080-\u{10FFFF}] ;
fragment A : [aA] ;
fragment B : [bB] ;
fragment C : [cC] ;
fragment D : [dD] ;
fragment E : [eE] ;
fragment F : [fF] ;
fragment G : [gG] ;
fragment H : [hH] ;
fragment I : [iI] ;
fragment J : [jJ] ;
fragment K : [kK] ;
fragment L : [lL] ;
fragment M : [mM] ;
fragment N : [nN] ;
fragment O : [oO] ;
fragment P : [pP] ;
fragment Q : [qQ] ;
fragment R : [rR] ;
fragment S : [sS] ;
fragment T : [tT] ;
fragment U : [uU] ;
fragment V : [vV] ;
fragment W : [wW] ;
fragment X : [xX] ;
fragment Y : [yY] ;
fragment Z : [zZ] ;

// Inside a bare JSON literal, whose strings have other rules than SQL's.
mode Json;

JSON_LEFT_BRACE    : '{' -> type(LEFT_BRACE) ;
JSON_RIGHT_BRACE   : '}' -> type(RIGHT_BRACE) ;
JSON_LEFT_BRACKET  : '[' -> type(LEFT_BRACKET) ;
JSON_RIGHT_BRACKET : ']' -> type(RIGHT_BRACKET) ;
JSON_STRING        : '"' ( '\\' . | ~["\\] )* '"' ;
JSON_BLANK         : [ \t\r\n]+ -> skip ;
JSON_OTHER         : ~[{}[\]" \t\r\n]+ ;
JSON_UNTERMINATED  : '"' ( '\\' . | ~["\\] )* -> type(UNTERMINATED_QUOTE) ;
