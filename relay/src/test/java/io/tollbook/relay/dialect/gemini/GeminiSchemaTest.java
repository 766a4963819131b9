package io.tollbook.relay.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON Schema and what Gemini takes for one. */
class GeminiSchemaTest {
    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'string','$schema':'x','additionalProperties':false,'foo':1} | {'type':'STRING'}
            {'type':['string','null'],'minLength':0}             | {'minLength':0,'nullable':true,'type':'STRING'}
            {'type':['string','integer']}                        | {'anyOf':[{'type':'STRING'},{'type':'INTEGER'}]}
            {'anyOf':[{'type':'null'},{'type':'integer','format':'int32'}],'description':'d'} | {'type':'INTEGER','format':'int32','description':'d','nullable':true}
            {'oneOf':[{'type':'string'},{'type':'number'}]}      | {'anyOf':[{'type':'STRING'},{'type':'NUMBER'}]}
            {'type':'string','format':'email'}                   | {'type':'STRING'}
            {'type':'string','format':'date-time'}               | {'type':'STRING','format':'date-time'}
            {'type':'array'}                                     | {'type':'ARRAY','items':{'type':'STRING'}}
            {'type':'array','items':[{'type':'integer'},{'type':'string'}]} | {'type':'ARRAY','items':{'type':'INTEGER'}}
            {'type':'integer','enum':[1,2]}                      | {'type':'INTEGER','description':'One of: 1, 2'}
            {'type':'string','enum':['a',null,'b']}              | {'type':'STRING','nullable':true,'enum':['a','b']}
            {'const':'x'}                                        | {'type':'STRING','enum':['x']}
            {'type':'object','properties':{'title':{'type':'string'},'$schema':{'type':'boolean'}},'required':['title','gone']} | {'type':'OBJECT','properties':{'title':{'type':'STRING'},'$schema':{'type':'BOOLEAN'}},'required':['title']}
            {'properties':{'a':{'$ref':'#/$defs/A'}},'$defs':{'A':{'type':'integer','maximum':3}}} | {'type':'OBJECT','properties':{'a':{'maximum':3,'type':'INTEGER'}}}
            {'allOf':[{'properties':{'a':{'type':'string'}},'required':['a']},{'properties':{'b':{'type':'string'}}}],'type':'object'} | {'type':'OBJECT','properties':{'a':{'type':'STRING'},'b':{'type':'STRING'}},'required':['a']}
            """)
    void keepsWhatGeminiKnows(String schema, String cleaned) {
        GeminiSchema read = new GeminiSchema(json(schema));

        assertThat(read.cleaned()).isEqualTo(json(cleaned));
        assertThat(read.isLossy()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'object','properties':{'child':{'$ref':'#'}}}
            {'type':'object','additionalProperties':{'type':'string'}}
            {'type':'array','prefixItems':[{'type':'string'}]}
            {'not':{'type':'string'}}
            {'$ref':'https://elsewhere.example/schema'}
            """)
    void saysWhatItLost(String schema) {
        GeminiSchema read = new GeminiSchema(json(schema));
        read.cleaned();

        assertThat(read.isLossy()).isTrue();
    }

    @Test
    void endsWhereASchemaContainsItself() {
        JsonNode tree =
                json("{'$ref':'#/$defs/T','$defs':{'T':{'type':'object','properties':{'t':{'$ref':'#/$defs/T'}}}}}");

        assertThat(new GeminiSchema(tree).cleaned())
                .isEqualTo(json("{'type':'OBJECT','properties':{'t':{'type':'OBJECT'}}}"));
    }

    @Test
    void endsWhereASchemaIsTooDeep() {
        String schema = "{'type':'array','items':".repeat(200) + "{'type':'string'}" + "}".repeat(200);
        GeminiSchema read = new GeminiSchema(json(schema));
        read.cleaned();

        assertThat(read.isLossy()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'type':'STRING','format':'enum','enum':['a'],'nullable':true} | {'type':['string','null'],'enum':['a',null]}
            {'type':'ARRAY','min_items':'2','items':{'type':'NUMBER','example':1}} | {'type':'array','minItems':2,'items':{'type':'number','examples':[1]}}
            {'type':'OBJECT','properties':{'any_of':{'type':'BOOLEAN'}},'propertyOrdering':['any_of']} | {'type':'object','properties':{'any_of':{'type':'boolean'}}}
            {'anyOf':[{'type':'STRING'}],'nullable':true} | {'anyOf':[{'type':'string'},{'type':'null'}]}
            {'type':'object','properties':{'a':{'type':'string'}}} | {'type':'object','properties':{'a':{'type':'string'}}}
            """)
    void isReadAsJsonSchema(String schema, String standard) {
        assertThat(GeminiSchema.standard(json(schema))).isEqualTo(json(standard));
    }
}
